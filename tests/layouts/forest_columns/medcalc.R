# In the style of MedCalc: limits without brackets, "-0.853 to 0.029", behind a standard error; N1 and N2 are the arms.
pdf("medcalc.pdf", width=8.3, height=3.4, family="Helvetica")
par(mar=c(0,0,0,0)); plot(NA, xlim=c(0,100), ylim=c(100,0), axes=FALSE, xlab="", ylab="")
cell <- function(x, y, text, adj=0, font=1) text(x, y, text, adj=adj, font=font, cex=.6)
heads <- c("Study","N1","N2","Total","SMD","SE","95% CI","t","P"); at <- c(1,21,26,31,38,45,49,63,70)
cell(at, 10, heads, font=2)
label <- c("Ahn 2009","Berg 2011","Cruz 2012","Dorn 2015","Total (fixed effects)","Total (random effects)")
n1 <- c(40,55,31,70,196,196); n2 <- c(41,52,30,71,194,194)
e <- c(-.412,.105,-.621,-.250,-.233,-.262); s <- c(.225,.193,.262,.169,.102,.128); y <- 20+8*(0:5); pooled <- 5:6
cell(1,y,label); cell(24,y,n1,1); cell(29,y,n2,1); cell(35,y,n1+n2,1); cell(43,y,sprintf("%.3f",e),1); cell(48,y,sprintf("%.3f",s),1)
cell(49,y,sprintf("%.3f to %.3f",e-1.96*s,e+1.96*s)); cell(63,y[pooled],sprintf("%.3f",(e/s)[pooled])); cell(70,y[pooled],c("0.023","0.041"))
X <- function(v) 87+12*v/1.5
for (i in 1:6) if (i %in% pooled) polygon(X(e[i]+c(-1.96,0,1.96,0)*s[i]),y[i]+c(0,-2.5,0,2.5),col="black") else {
  segments(X(e[i]-1.96*s[i]),y[i],X(e[i]+1.96*s[i]),y[i]); points(X(e[i]),y[i],pch=15,cex=.7) }
segments(X(0),14,X(0),70); segments(X(-1.5),70,X(1.5),70)
for (v in c(-1.5,0,1.5)) { segments(X(v),70,X(v),72); cell(X(v),76,sprintf("%.1f",v),.5) }
cell(1,92,"Figure 7. Forest plot of anxiety after treatment.")
dev.off()
