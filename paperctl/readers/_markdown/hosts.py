"""Addresses of papers, and of what are none."""

from __future__ import annotations

import re

PAPER_HOST = re.compile(
    r"arxiv\.org|openreview\.net|doi\.org|aclanthology|aclweb|thecvf|neurips\.cc|nips\.cc|mlr\.press|jmlr\.org"
    r"|ieeexplore|computer\.org|dl\.acm\.org|springer|sciencedirect|elsevier|wiley|nature\.com|science\.org|aaai\.org"
    r"|semanticscholar|biorxiv|medrxiv|ecva\.net|isca-speech|isca-archive|ssrn|huggingface\.co/papers|hal\.science"
    r"|(?:icml|iclr|neurips|nips)\.cc/virtual|citeseer|researchgate\.net/(?:publication|profile)|europepmc|projecteuclid|jstor\.org|cell\.com|pnas\.org"
    r"|aps\.org|iop\.org|oup\.com|cambridge\.org|direct\.mit\.edu|royalsociety|bmj\.com|jamanetwork|nejm\.org"
    r"|spiedigitallibrary|worldscientific|techrxiv|preprints\.org|researchsquare|research\.google/pubs"
    r"|research/publication|amazon\.science/publications|osf\.io/preprints|paperswithcode\.com/paper|vldb\.org"
    r"|rss-foundation|isca-conf|eprint\.iacr|papers\.|/papers?/|dblp\.org/rec|philpapers|inria\.fr/hal"
    r"|informs\.org|emerald\.com|/doi/(?:\w+/)?10\.\d{4}|/article/doi/"
    r"|adsabs\.harvard\.edu/(?:#?abs|full|pdf)|repec\.org|nber\.org|aeaweb\.org|econometricsociety|uchicago\.edu/doi|annualreviews|thelancet|ahajournals"
    r"|embopress|elifesciences|biomedcentral|hindawi|psycnet|pubs\.(?:acs|rsc|aip)\.org|opg\.optica|degruyter"
    r"|journals\.lww|jci\.org|ashpublications|ascopubs|aacrjournals|eurosurveillance|cochranelibrary|hdl\.handle\.net"
    r"|plos|mdpi|frontiersin|tandfonline|sagepub|pubmed\.ncbi|ncbi\.nlm|alphaxiv|ijcai\.org|usenix|roboticsproceedings"
    r"|\.pdf(?:$|[?#])",
    re.IGNORECASE,
)

NO_PAPER_HOST = re.compile(
    r"//(?:[\w-]+\.)*(?:amazon\.\w+|goodreads\.com|google\.[\w.]+/books|books\.google\.[\w.]+|oreilly\.com"
    r"|packtpub\.com|manning\.com|youtube\.com|youtu\.be|vimeo\.com|coursera\.org|udemy\.com|edx\.org"
    r"|wikipedia\.org|medium\.com|towardsdatascience\.com|stack(?:overflow|exchange)\.com|reddit\.com|quora\.com"
    r"|twitter\.com|linkedin\.com|facebook\.com|slideshare\.net|speakerdeck\.com|news\.ycombinator\.com)(?:[/:?#]|$)",
    re.IGNORECASE,
)
"""Books in shops, videos, courses, encyclopedias and talk."""
