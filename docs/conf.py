"""The site made of this folder: sh docs/build.sh"""

project = "paperctl"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "paperctl"
html_copy_source = False
html_show_sphinx = False
root_doc = "docs/index"
include_patterns = ["docs/**.md", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure", "myst.header"]
