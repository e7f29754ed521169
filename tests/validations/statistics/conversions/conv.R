# Prints what metafor's conv.wald and conv.fivenum give for the cases of test_conversions.py; needs metafor >= 4.
library(metafor)
wald <- conv.wald(out = c(0.64, 1.37, 1.89), ci.lb = c(0.33, 1.03, 1.60), ci.ub = c(1.22, 1.82, 2.23), transf = log)
cat(sprintf("%.10f %.10f\n", wald$yi, wald$vi), sep = "")
five <- conv.fivenum(min = c(2, NA, 2, 2), q1 = c(NA, 4, 4, 4), median = c(6, 6, 6, 6), q3 = c(NA, 10, 10, 14),
                     max = c(14, NA, 14, 20), n = c(20, 20, 20, 20), method = "luo/wan/shi")
cat(sprintf("%.10f %.10f\n", five$mean, five$sd), sep = "")
