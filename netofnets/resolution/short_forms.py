"""Well-known short forms of given names, in the languages that rosters are met in, and which names share one."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["family_of_names", "short_forms"]

# The full name first. Short forms that are safe to follow when something else about the person agrees as well.
_SHORT_FORMS = """
abigail abby gail, adalbert bert, adrian ade, agnieszka aga, albert al bert, aleksandra ola, alexander alex sasha xander
sandy alec, alexandra alex sasha sandra lexi, alfred fred al alfie, allison ali allie, amanda mandy, anastasia nastya
stacy ana, andrew andy drew, angela angie, ann anna anne annie nancy, anthony tony, antonio tono toni, archibald archie,
arthur art artie, barbara barb babs barbie, beatrice bea trixie, beatriz bea bia, benjamin ben benny benji, bernard
bernie, bradley brad, bridget biddy bridie, calvin cal, cameron cam, carolyn carol carrie, caroline carol carrie caro,
catherine cath cate kate cathy katie kitty, cecilia ceci cissy, charles charlie chuck chas, charlotte lottie charlie,
christine chris tina chrissie, christina tina chris chrissie, christopher chris kit topher, clifford cliff, clinton
clint, concepcion concha, constance connie, cordelia delia, cornelius neil corey, cynthia cindy, daniel dan danny, david
dave davy, deborah deb debbie debby, dennis denny, dolores lola, dominic dom nick, donald don donnie, dorothy dot dottie
dolly, douglas doug, eduardo edu lalo, edmund ed ned, edward ed eddie ted ned, edwin ed, eleanor ellie nell nora,
elizabeth liz beth betty lizzie eliza lisa libby bess betsy, emily em emmy, emmanuel manny, enrique quique kike, ernest
ernie, esther essie, eugene gene, evelyn eve evie, ezekiel zeke, fernando nando, florence flo florrie, frances fran
frannie, francis frank fran, francisco paco pancho paquito curro, franklin frank, frederick fred freddie fritz,
friedrich fritz, gabriel gabe, gabriela gaby gabi, gabrielle gaby, geoffrey geoff, george georgie, gerald gerry jerry,
gertrude trudy gert, gilbert gil bert, giovanni gianni nino, giuseppe beppe pino, grace gracie, gregory greg gregg,
guadalupe lupe lupita, guillermo memo guille, gustavo gus tavo, harold hal harry, harriet hattie, helen nell nellie
lena, henry harry hank hal, herbert herb bert, howard howie, hugh hughie, ignacio nacho, irene rene, isabel isa bel
chabela, isabella bella izzy isa, jacob jake, jacqueline jackie, james jim jimmy jamie jem, janet jan, jeffrey jeff,
jennifer jen jenny jenn, jeremiah jerry, jeremy jem jerry, jessica jess jessie, jesus chucho chuy, joan joanie, joanna
jo joanne, joaquin quino, johannes hans jan, john jack johnny jon, jonathan jon jonny, jorge coque, jose pepe,
joseph joe joey, josephine jo josie, joshua josh, joyce joy, juan juanito, judith judy jude, julia jules, julian jules,
karen kari, katarzyna kasia, katherine kate kathy katie kath kat kit kitty, kathleen kathy kate, kenneth ken kenny,
kevin kev, kimberly kim, kristina kris tina, krzysztof krzys, laura laurie, laurence larry, lawrence larry laurie,
leonard leo len lenny, leonardo leo nardo, leticia lety, lillian lily lil, louis lou louie, louise lou, lucas luke,
lucille lucy, luis lucho, luisa lulu, magdalena magda lena, malgorzata gosia, manuel manny manolo, marcus marc,
margaret maggie meg peggy marge daisy rita greta, margarita rita marga, maria ma mari mary, marie mimi, marjorie marge,
martha marty, martin marty, mary molly polly mae, matthew matt matty, matthias matt, maureen mo, maurice mo, maximilian
max, maxwell max, melissa mel missy, melanie mel, mercedes merche, michael mike mick mickey mikey, michelle shelly,
mikhail misha, mildred millie, miriam mimi, mitchell mitch, mohammed mohamed muhammad mohammad mohamad mo md, montserrat
montse, nadezhda nadia, nancy nan, natalia nata talia natasha, natalie nat, nathan nate nat, nathaniel nate nat,
nicholas nick nicky, nicole nikki, nikolai kolya, norman norm, olivia liv livvy, oliver ollie, oluwaseun seun,
pamela pam, patricia pat patty trish tricia pati, patrick pat paddy, pauline polly, penelope penny, percival percy,
peter pete, philip phil pip, phillip phil, priscilla cilla prissy, rachel rach rae, rafael rafa, randall randy,
raymond ray, rebecca becky becca, reginald reg reggie, richard rick dick rich ricky richie, robert bob rob bobby bert
robbie, roberta bobbie, roberto beto, rodney rod, roger rodge, roland rollie, ronald ron ronnie, rosario charo,
rosemary rose rosie, roxanne roxy, rudolph rudy, russell russ, samantha sam sammy, samuel sam sammy, santiago santi,
sarah sally sadie, sebastian seb bas, sergei seryozha, sergio checo, sharon shari, shirley shirl, sidney sid, simon si,
sophia sophie, stanley stan, stephanie steph stevie, stephen steve steven, susan sue suzy susie, susanna sue susie,
sylvester sly, sylvia syl, tatiana tanya, teresa tere terry, theodore ted theo teddy, theresa terry tess tracy,
thomas tom tommy, timothy tim timmy, tobias toby, tomasz tomek, valerie val, vanessa nessa, veronica ronnie vero,
victor vic, victoria vicky tori vic, vincent vince vinny, virginia ginny ginger, vladimir volodya vova, walter walt
wally, wanda wandy, wilfred wilf fred, wilhelm willi, william bill will billy liam willy, winifred winnie, yevgeny
zhenya, yolanda yoli, zachary zach zack
"""


@lru_cache(maxsize=1)
def _groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in _SHORT_FORMS.split(","))


@lru_cache(maxsize=1)
def _groups_of() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(_groups()):
        for name in group:
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    """Every name of the list with the first name, by alphabet, of all that it is joined to by short forms in common."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for group in _groups():
        first, *others = sorted(group)
        for other in others:
            one, two = sorted((find(first), find(other)))
            root[two] = one
    return {name: find(name) for name in sorted(root)}


def short_forms(a: str, b: str) -> bool:
    """Whether two folded given names are of one group: a name and a short form of it, or two short forms."""
    of = _groups_of()
    return bool(of.get(a, frozenset()) & of.get(b, frozenset()))


def family_of_names(name: str) -> str:
    """A key that all names share which short forms join, however far: for looking pairs up, never for judging them."""
    return _families().get(name, name)
