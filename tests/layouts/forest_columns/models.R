# In the style of Stata's metan: several pooled lines, named by their models; I-squared in one of the labels.
pdf("models.pdf", width=8.3, height=3.4, family="Helvetica")
par(mar=c(0,0,0,0)); plot(NA, xlim=c(0,100), ylim=c(100,0), axes=FALSE, xlab="", ylab="")
cell <- function(x, y, text, adj=0, font=1) text(x, y, text, adj=adj, font=font, cex=.6)
cell(1,7,"Study"); cell(1,12,"ID"); cell(70,12,"OR (95% CI)"); cell(91,7,"%",1); cell(91,12,"Weight",1)
label <- c("Akita (2008)","Bose (2010)","Cole (2013)","Dahl (2016)","I-V Overall  (I-squared = 41.9%, p = 0.160)","D+L Overall","Bayesian")
e <- c(.62,1.10,.55,.90,.75,.76,.76); lo <- c(.41,.70,.33,.51,.59,.55,.48); hi <- c(.94,1.73,.92,1.59,.95,1.04,1.19)
w <- c("33.10","27.80","21.60","17.50","100.00","",""); y <- 20+8*(0:6)
cell(1,y,label); cell(70,y,sprintf("%.2f (%.2f, %.2f)",e,lo,hi)); cell(91,y,w,1)
X <- function(v) 53+13*log10(v)
for (i in 1:7) if (i > 4) polygon(X(c(lo[i],e[i],hi[i],e[i])),y[i]+c(0,-2.5,0,2.5)) else {
  segments(X(lo[i]),y[i],X(hi[i]),y[i]); points(X(e[i]),y[i],pch=15,cex=.7) }
segments(X(1),15,X(1),78); segments(X(.1),78,X(10),78)
for (v in c(.1,1,10)) { segments(X(v),78,X(v),80); cell(X(v),84,v,.5) }
cell(1,95,"Figure 6. Relapse after one year.")
dev.off()
