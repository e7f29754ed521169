"""A small CSV of each schema as someone might type it, without what may be left out."""

SAMPLES = {
    "characteristics": """\
section,label,statistic,n,percent,median,low,high
Sex,Male,count,25,49.0,,,
Sex,Female,count,26,51.0,,,
,Age (years),median_range,,,54,19,78
""",
    "hazard_ratios": """\
characteristic,comparison,outcome,hazard_ratio,ci_low,ci_high,p
ECOG,0-1 vs 2-3,PFS,0.53,0.29,0.97,0.039
ECOG,0-1 vs 2-3,OS,0.41,0.19,0.88,0.022
""",
    "adverse_events": """\
event,grade,n,percent
Fatigue,any,20,39.2
Fatigue,3-4,2,3.9
Hypertension,any,12,23.5
""",
    "responses": """\
group,n_total,n_evaluable,cr_n,pr_n,orr_n,orr_percent,sd_n,pd_n
Monotherapy,20,18,1,3,4,22.2,6,8
Combination,31,30,2,7,9,30.0,12,9
""",
    "responders": """\
patient,best_response,subtype,pd_l1,msi
1,CR,angiosarcoma,10%,stable
2,PR,leiomyosarcoma,<1%,stable
""",
    "study_arms": """\
study,design,sample_size,median_age,age_low,age_high,female_percent,treatment,orr_percent
Smith 2020,phase II,50,54,19,78,52.0,pembrolizumab,18.0
Jones 2021,phase II,42,58,21,80,47.6,nivolumab,9.5
""",
    "histology": """\
study,treatment,position,subtype,n,total
Smith 2020,pembrolizumab,1,leiomyosarcoma,30,50
Smith 2020,pembrolizumab,2,liposarcoma,20,50
""",
    "claims": """\
section,text,measure,value,n,total
results,the objective response rate was 18.0% (9/50),orr,18.0,9,50
results,median progression-free survival was 4.1 months,pfs_median,4.1,,
""",
    "forest": """\
kind,group,label,measure,events,total,estimate,ci_low,ci_high
study,Monotherapy,Smith 2020,proportion,9,50,0.18,0.09,0.31
study,Monotherapy,Jones 2021,proportion,4,42,0.10,0.03,0.23
""",
}
