# In the style of Stata 16: counts with and without the event; four statistics and two tests below the pooled line.
pdf("yes_no.pdf", width=8.3, height=3.8, family="Helvetica")
par(mar=c(0,0,0,0)); plot(NA, xlim=c(0,100), ylim=c(100,0), axes=FALSE, xlab="", ylab="")
cell <- function(x, y, text, adj=0, font=1) text(x, y, text, adj=adj, font=font, cex=.6)
cell(c(26,41),6,c("Treatment","Control"),.5); cell(c(78,93),6,c("Risk ratio","Weight"),.5)
cell(1,11,"Study"); cell(c(24,31,39,46),11,c("Yes","No","Yes","No"),1); cell(c(78,93),11,c("with 95% CI","(%)"),.5)
label <- c("Aronson, 1948","Ferguson & Simes, 1949","Rosenthal et al., 1960","Hart & Sutherland, 1977","Frimodt-Moller et al., 1973","Overall")
cells <- list(c("4","6","3","62","33"),c("119","300","228","13,536","5,036"),c("11","29","11","248","47"),c("128","274","209","12,619","5,761"))
e <- c(.41,.20,.26,.24,.80,.33); lo <- c(.13,.09,.07,.18,.52,.17); hi <- c(1.26,.49,.92,.31,1.25,.65); y <- 19+7*(0:5)
cell(1,y,label); for (i in 1:4) cell(c(24,31,39,46)[i],y[1:5],cells[[i]],1)
cell(71,y,sprintf("%.2f [%5.2f, %5.2f]",e,lo,hi)); cell(95,y[1:5],c("15.06","16.36","14.44","29.70","24.44"),1)
X <- function(v) 57+9*log2(v)/4
for (i in 1:6) if (i > 5) polygon(X(c(lo[i],e[i],hi[i],e[i])),y[i]+c(0,-2.5,0,2.5),col="darkgreen") else {
  segments(X(lo[i]),y[i],X(hi[i]),y[i]); points(X(e[i]),y[i],pch=15,cex=.7) }
cell(1,61,expression("Heterogeneity: "*tau^2*" = 0.31, "*I^2*" = 92.34%, "*H^2*" = 13.06"))
cell(1,67,expression("Test of "*theta[i]*" = "*theta[j]*": Q(4) = 52.23, p = 0.00")); cell(1,73,expression("Test of "*theta*" = 0: z = -3.20, p = 0.00"))
segments(X(1),14,X(1),77); segments(X(1/16),77,X(4),77)
for (v in c("1/16","1/4","1","4")) { x <- X(eval(parse(text=v))); segments(x,77,x,79); cell(x,83,v,.5) }
cell(1,89,"Random-effects REML model"); cell(1,97,"Figure 1. BCG vaccine and tuberculosis.")
dev.off()
