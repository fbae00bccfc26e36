"""The words that the rules of deduplication know, and why each set is there."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _set(
    """
    a an and as at by da das de der des die do dos du ein eine el en et for from fur in into is its la
    las le les los na no of on or over s that the their to toward towards und under using versus via vs
    with y
    """
)
"""Words that a title may have or lack and stay the same title."""

TELLING = _set(
    """
    and by for from in no of on over to under versus vs with
    """
)
"""Those of them that turn a title into another one where they are exchanged, and "no" alone."""

GENERIC = _set(
    """
    a abbreviations abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments
    addendum advisory and announcement announcements annual april article articles august award awards
    back best board book books calendar call calls career case cases chair chairs chief column comment
    commentary comments committee conclusion conference contents contributors copyright corner
    correction corrections corrigendum cover december demo demonstration demos digest digests discussion
    editor editorial editorials editors errata erratum events executive february first for foreword
    forum forums fourth friday from front further guest highlights home in index information interview
    introduction invited issue issues january journal july june keynote keynotes letter letters list
    march masthead may matter meeting member members memoriam message minutes monday news newsletter
    note notes notice november obituary october of on opening organization organizers overview page
    pages panel papers participants perspective perspectives plenaries plenary poster posters preface
    president presidents proceedings program programme publication reading received remarks reply report
    reports response retraction review reviewer reviewers reviews saturday schedule second section
    senior september session sessions special speech speeches sponsors staff statement suggestions
    summary sunday symposium table talk talks thanks the third thursday title to treasurer tribute
    tuesday tutorial tutorials untitled update volume wednesday welcome withdrawal withdrawn workshop
    workshops
    """
)
"""Words that name a kind of page, not a work: a title of these alone needs a second field."""

COLUMNS = _set(
    """
    column editor editorial editors foreword issue message news preface section
    """
)
"""Of those the ones that name what comes back in every issue: "Guest Editorial"."""

COLUMN_TITLES = frozenset(
    (
        "abstract not available",
        "author index",
        "authors index",
        "case of the month",
        "image of the month",
        "images in clinical medicine",
        "instructions for authors",
        "instructions to authors",
        "no title available",
        "not available",
        "picture of the month",
        "quiz of the month",
        "subject index",
        "title not available",
        "what is your diagnosis",
        "whats your diagnosis",
        "what s your diagnosis",
    )
)
"""Whole titles of what comes back in every issue, or of nothing, that are more than generic words."""

TWINS = _set(
    """
    action addiction addition adverse aesthetic anaesthetic anesthetic angel angle auction averse baking
    banking barely barley based bases bending biased biases blending bonding bounding braking breaking
    caching cases casual catching causal causes chores clauses clonic coaching colonic competing
    complaint completing compliant conservation contact contacting contacts contract contracting
    contracts conversation convert coping copying cores country county course covert curse dairy
    deblurring deburring decent deprived derived deriving descent diary diver diving doing dosing driver
    driving exciting exerts exist existing exiting exits experts faces facets facts faculty farming
    faulty field fight filed files finder finer finger flies flight forceps forces forms forth forums
    fourth framing gating genes genres grafting grasps grass grating hardness harness haunting hunting
    ideals ideas infection inflection insulin inulin joins joints launch learned learning lighting
    lightning lunch macro makers makes making marco marital markers market marketing marking martial
    masking media medial median mediation medical medication meditation mental metal minima minimal
    minimax models modes morality mortality moves movies multilayer multiplayer naive native neural
    neutral nuclear paced packed padding paddling panning parental parenting parity partly party patent
    patents patient patients paying pearson person persona phase phases phrase phrases plane planes
    planet planning plans plant plants playing pleura pleural plural poison poisson posed poser posted
    poster powder power quiet quite radial radical regime regimen regimens regimes relay replay reply
    retaining retraining robots roots routers routes sacred sales scales scared seeding seeds seeing
    seeking selling sensor sensory serving servoing sewing shifting sides sifting silver simulated
    simulating simulation singing slides sliver speeding speeds spelling spine spline stable stain
    stairs stale stars stimulated stimulating stimulation stores stories storing strain string swing
    swinging tables tails taking tales talking taming tasking teaming textual textural there
    thoracostomy thoracotomy threat three thrust tiling tilting tired traced tracing tracked tracking
    trail trails trains trans treat trial trials tried trust tuning turing turning tying typing unclear
    united untied weighing weighting words worlds
    """
)
"""Words that are another one of these but for a letter or the ending, so that it is no slip of the pen."""

NEGATIONS = _set(
    """
    non not without
    """
)
"""Words that turn a title into its opposite."""

ABOUT_A_WORK = _set(
    """
    addendum corrected correction corrections corrigenda corrigendum demo errata erratum infographic
    rebuttal rejoinder retracted retraction
    """
)
"""Words that make another item of the work they name: the erratum of a paper is not the paper."""

ANSWERS = _set(
    """
    comment commentary comments discussion remarks reply response
    """
)
"""The same, where a word of `ANSWERED` follows: "Reply to …"."""

ANSWERED = _set(
    """
    of on to
    """
)
"""See `ANSWERS`."""

NOTES = _set(
    """
    abstract abstracts available book brief contribution demo demonstration description extended full
    invited keynote letter meeting note only oral panel paper poster preliminary provisional record
    report review session short slides structured summary talk talks technical tutorial version video
    """
)
"""Words of a closing note in round brackets that is not part of the title: "(extended abstract)"."""

COUNTED = _set(
    """
    book case chapter grade group no paper part phase section stage study type vol volume
    """
)
"""Words after which a letter is a number: "Part A", "Phase I"."""

PARTICLES = _set(
    """
    2nd 3rd abu al bin da das de del della den der di do dos dr du el et ibn ii iii jr la le md phd prof
    san sr st ten ter van von zu zur
    """
)
"""Parts of names that some lists drop."""

NOBODY = _set(
    """
    anon anonymous association author authors collaboration committee consortium corporate editor
    editors federation group institute investigators na nct network none organisation organization others
    society univ university unknown withdrawn
    """
)
"""Words that make a name a placeholder or a group, which says nothing of the people."""

VENUE_NOISE = _set(
    """
    a aaai acm an and annual conf conference cvf das de der des die du ed edition elsevier et for ieee
    in int international intl la le lecture lecturenotes lncs meeting nd notes of official on online
    papers proc proceeding proceedings rd rsj springer st symp symposium th the und usenix
    """
)
"""Words that venues share and drop at will."""

PERIODICAL = _set(
    """
    giornale jnl journal magazine revista revue rivista zeitschrift
    """
)
"""Words that name the kind of a venue only."""

REGIONS = _set(
    """
    african american asian australasian british european pacific
    """
)
"""Words that make another conference of one: the European one on a field is not the international one."""

NOT_ENGLISH = _set(
    """
    das de del der des di die du et fur la le les und y za
    """
)
"""Words that the English name of a journal has not; two English names do not translate each other."""

SMALL_WORDS = _set(
    """
    and by der das del el et for les los of the to und von with y
    """
)
"""Words of `STOP` that stand in titles of one language only, or of two that are never translated."""

CONFERENCES = _set(
    """
    acl aistats chi colt corl cvpr eccv emnlp iccv icde iclr icml icra ijcai iros kdd neurips nips pods
    rss siggraph sigir sigkdd sigmod uai vldb www
    """
)
"""Acronyms that are conferences without saying so."""

_GREEK_NAMES = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon
    phi chi psi omega
"""
GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK_NAMES.split(), strict=True))
"""Greek letters as other databases write them out."""

ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
}  # fmt: skip
"""Roman numerals that are no words of their own."""

ROMAN_COUNTED = {"i": "1", "v": "5", "x": "10", "a": "1", "b": "2", "c": "3"}
"""Letters that are numbers after a word of `COUNTED`."""

NUMBER_WORDS = {
    word: str(n)
    for n, words in enumerate(
        ("zero", "one first", "two second", "three third", "four fourth", "five fifth", "six sixth",
         "seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth")
    )
    for word in words.split()
}  # fmt: skip
"""Numbers in words: a five-year follow-up is not the six-year one."""

VENUE_NAMES = dict(
    line.strip().split(" = ")
    for line in """
    acl = association computational linguistics
    aistats = artificial intelligence statistics
    chi = human factors computing systems
    colt = learning theory
    corl = robot learning
    cvpr = computer vision pattern recognition
    eccv = computer vision european
    emnlp = empirical methods natural language processing
    iccv = computer vision
    icde = data engineering
    iclr = learning representations
    icml = machine learning
    icra = robotics automation
    ijcai = joint artificial intelligence
    iros = intelligent robots systems
    kdd = knowledge discovery data mining
    neurips = neural information processing systems
    nips = neural information processing systems
    pods = principles database systems
    pvldb = very large data bases
    rss = robotics science systems
    sigchi = human factors computing systems
    siggraph = computer graphics interactive techniques
    sigir = information retrieval
    sigkdd = knowledge discovery data mining
    sigmod = management data
    tkde = transactions knowledge data engineering
    tods = transactions database systems
    tpami = transactions pattern analysis machine intelligence
    uai = uncertainty artificial intelligence
    vldb = very large data bases
    www = world wide web
    """.strip().splitlines()
)
"""Venues whose acronym is not made of the first letters of their name, and those whose names are alike."""
