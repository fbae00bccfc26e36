"""What columns of tables and keys of objects are called: the names of one fact, the better first.

The names are those of Scopus, Embase, PubMed, CINAHL, IEEE Xplore, Springer, Web of Science, the Lens,
Zotero, RefWorks, Rayyan, Covidence, abstrackr, ASReview, EPPI-Reviewer, Publish or Perish, Google
Scholar, Retraction Watch, OpenReview, conference sites and paper lists, as they export or document
them. Spelling (case, "_", "-", spaces) does not count.
"""

from __future__ import annotations

import re

_SPELLING = re.compile(r"[\W_]+")


def spelled(name: str) -> str:
    """A name without case and punctuation: "Paper_Title" is "papertitle"."""
    return _SPELLING.sub("", name).lower()


_FACTS = {
    "title": """title papertitle articletitle worktitle documenttitle itemtitle primarytitle titleprimary
        titletext fulltitle maintitle displaytitle displayname titleen publicationtitleprimary
        nameofpaper ti""",
    "abstract": "abstract paperabstract abstracttext abstractnote abstracts abstracten summary ab",
    "authors": """authors author authorfullnames authorsfullnames authornames authorsprimary firstauthors
        authorlist paperauthors authorshipsauthordisplayname authorshipsrawauthorname authorstring
        authorsite creators creator au""",
    "year": """year publicationyear publishedyear pubyear yearpublished yearofpublication confyear
        conferenceyear py yr""",
    "venue": """sourcetitle publicationtitle venue journalbook journal booktitle journaltitle journalname
        publicationname fulljournalname periodicalfull containertitle conference conferencename conf
        venuename publicationvenue proceedings proceeding publication parenttitle secondarytitle journalref
        primarylocationsourcedisplayname hostvenuedisplayname jo so""",
    "doi": "doi paperdoi articledoi itemdoi originalpaperdoi doiurl doilink elocationid di",
    "arxiv_id": "arxivid arxiv paperarxivid arxivlink arxivurl arxivno",
    "url": """url link urls links paperurl paperlink articleurl itemurl urlabs absurl abstracturl
        landingpageurl primarylocationlandingpageurl
        htmlurl entryid site paperurlabs openreview openreviewurl openreviewlink
        virtualsiteurl sourceurl forumurl externalurl openurllink plink uri href permalink webpage ee
        pdfurl pdf pdflink urlpdf paperpdf paperpdfurl paperurlpdf oa""",
    "code_urls": """codeurls codeurl codelink code github githuburl githublink githubrepo repourl
        repositoryurl repo repository sourcecode officialcode implementation codes""",
    "has_code": "hascode codeavailable",
    "keywords": """authorkeywords keywords keyword manualtags tags kw de indexkeywords subjects subject
        meshterms""",
}
_EXTRAS = {
    "volume": "volume journalvolume vl bibliovolume",
    "number": "issue number issuenumber journalissue biblioissue",
    "pages": "pages page pagerange",
    "issn": "issn issns",
    "isbn": "isbn isbns",
    "publisher": "publisher bookpublisher",
    "pmid": "pmid pubmedid originalpaperpubmedid",
    "pmcid": "pmcid",
    "type": "type documenttype publicationtype itemtype referencetype typeofreference",
    "editor": "editor editors",
    "month": "month publishedmonth pubmonthday",
    "language": "language languageoforiginaldocument",
}
EXTRA_OF = {name: common for common, names in _EXTRAS.items() for name in names.split()}
"""What is no fact but has a name that all formats share, by each of its names."""


def facts(**more: str) -> dict[str, tuple[str, int]]:
    """For each name its fact and its rank among the fact's names; `more` are a format's own, ranked last."""
    return {
        name: (fact, rank)
        for fact, names in _FACTS.items()
        for rank, name in enumerate([*names.split(), *more.get(fact, "").split()])
    }
