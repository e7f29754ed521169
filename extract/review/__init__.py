"""The review screen: a web application on this machine, in which curators rule on findings beside the page. Its command
imports it when it runs.
"""
