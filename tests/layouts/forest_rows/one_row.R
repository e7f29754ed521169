# The primary end point of a trial: a plot of a single row.
pdf("one_row.pdf", width=8.3, height=2.2, family="Helvetica")
par(mar=c(0,0,0,0)); plot(NA, xlim=c(0,100), ylim=c(100,0), axes=FALSE, xlab="", ylab="")
cell <- function(x, y, text, adj=0, font=1) text(x, y, text, adj=adj, font=font, cex=.7)
cell(2,14,"Outcome",font=2); cell(28,14,"Drug",font=2); cell(38,14,"Placebo",font=2); cell(50,14,"Hazard ratio (95% CI)",font=2)
cell(2,30,"Cardiovascular death"); cell(28,30,"88/1200"); cell(38,30,"121/1198"); cell(50,30,"0.72 (0.55 to 0.95)")
X <- function(v) 85+6*log2(v)
segments(X(.55),30,X(.95),30); points(X(.72),30,pch=15); segments(X(1),18,X(1),45,lty=2); segments(X(.25),45,X(4),45)
for (v in c(.25,.5,1,2,4)) { segments(X(v),45,X(v),48); cell(X(v),55,v,.5) }
cell(72,66,"Favours drug"); cell(87,66,"Favours placebo"); cell(2,90,"Figure 1. Primary end point.")
dev.off()
