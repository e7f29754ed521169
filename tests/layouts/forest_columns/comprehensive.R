# In the style of Comprehensive Meta-Analysis: seven statistics of each study under heads of two lines; the pooled line
# has no label.
pdf("comprehensive.pdf", width=8.3, height=3.4, family="Helvetica")
par(mar=c(0,0,0,0)); plot(NA, xlim=c(0,100), ylim=c(100,0), axes=FALSE, xlab="", ylab="")
cell <- function(x, y, text, adj=0, font=1) text(x, y, text, adj=adj, font=font, cex=.6)
cell(1,6,"Study name",font=2); cell(30,6,"Statistics for each study",font=2); cell(78,6,"Std diff in means and 95% CI",font=2)
at <- c(24,31,38.5,45,51.5,58.5,66)
cell(at,13,c("Std diff","Standard","","Lower","Upper","",""),.5,2); cell(at,18,c("in means","error","Variance","limit","limit","Z-Value","p-Value"),.5,2)
label <- c("Adams 2001","Brown 2003","Chen 2006","Diaz 2011","Evans 2014",""); e <- c(-.412,.105,-.621,-.250,-.333,-.330)
s <- c(.151,.202,.175,.120,.224,.112); y <- 27+8*(0:5)
cell(1,y,label)
values <- cbind(e,s,s^2,e-1.96*s,e+1.96*s,e/s,2*pnorm(-abs(e/s)))
for (i in 1:7) cell(at[i]+2.5,y,sprintf("%.3f",values[,i]),1)
X <- function(v) 86+13*v/2
for (i in 1:5) { segments(X(values[i,4]),y[i],X(values[i,5]),y[i]); points(X(e[i]),y[i],pch=15,cex=.7) }
polygon(X(c(values[6,4],e[6],values[6,5],e[6])),y[6]+c(0,-2.5,0,2.5),col="black")
segments(X(0),22,X(0),74); segments(X(-2),74,X(2),74)
for (v in c(-2,-1,0,1,2)) { segments(X(v),74,X(v),76); cell(X(v),80,sprintf("%.2f",v),.5) }
cell(X(-1.6),87,"Favours A"); cell(X(.4),87,"Favours B"); cell(1,96,"Figure 2. Depression scores after treatment.")
dev.off()
