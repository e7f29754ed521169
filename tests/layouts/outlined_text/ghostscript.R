# R metafor, its letters made outlines by Ghostscript, in a page of LaTeX:
# Rscript ghostscript.R && gs -q -o outlines.pdf -sDEVICE=pdfwrite -dNoOutputFonts plot.pdf && pdflatex ghostscript.tex
library(metafor)
data <- data.frame(
  study = c("Abbott 2009", "Bianchi 2012", "Chowdhury 2013", "Duarte 2016", "Eriksen 2019", "Fujimoto 2020"),
  ai = c(12, 30, 7, 45, 18, 26), n1i = c(110, 240, 64, 390, 151, 204),
  ci = c(21, 41, 15, 52, 33, 31), n2i = c(112, 238, 61, 395, 149, 210)
)
data <- escalc(measure = "RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = data)
pooled <- rma(yi, vi, data = data)
pdf("plot.pdf", width = 7.5, height = 4, pointsize = 10)
par(mar = c(4, 1, 1, 1))
forest(pooled, slab = data$study, atransf = exp, at = log(c(0.25, 0.5, 1, 2)), xlim = c(-5, 3.5), header = "Study",
       ilab = cbind(data$ai, data$ci), ilab.xpos = c(-2.6, -1.9), cex = 0.9)
text(c(-2.6, -1.9), length(data$study) + 2, c("Drug", "Placebo"), font = 2, cex = 0.9)
dev.off()
for (i in seq_along(data$study)) {
  s <- summary(data)[i, ]
  cat(data$study[i], sprintf("%.2f", exp(c(s$yi, s$ci.lb, s$ci.ub))), "\n")
}
cat("RE Model", sprintf("%.2f", exp(c(pooled$b, pooled$ci.lb, pooled$ci.ub))), "\n")
