# R metafor with squares of different sizes on a linear axis, without annotations, as a PNG of 300 dpi in a page of LaTeX:
# Rscript metafor.R && pdflatex metafor.tex
library(metafor)
yi <- c(-3.2, -1.1, 0.4, -2.6, -4.9, -0.9)
sei <- c(1.1, 0.9, 1.4, 0.6, 1.7, 0.8)
pooled <- rma(yi, sei = sei)
png("metafor.png", width = 6.4, height = 3.2, units = "in", res = 300, pointsize = 10)
par(mar = c(4, 1, 0.2, 1))
forest(pooled, slab = c("Holm 2001", "Irwin 2005", "Jonas 2009", "Kovac 2012", "Lange 2016", "Moore 2020"),
       annotate = FALSE, xlim = c(-20, 8), alim = c(-10, 5), at = c(-10, -5, 0, 5), xlab = "Mean difference (kg)")
dev.off()
cat(sprintf("%.2f %.2f %.2f\n", yi, yi - qnorm(0.975) * sei, yi + qnorm(0.975) * sei))
cat(sprintf("%.2f %.2f %.2f\n", pooled$b, pooled$ci.lb, pooled$ci.ub))
