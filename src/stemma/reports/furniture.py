"""How web pages mark what is not their article, in many languages: lists of phrases, and patterns where those do not do.

The phrases stand in furniture.tsv, which says what each list is. A pattern here has numbers, open ends or many forms. All are
matched against a line that is case-folded and without marks at its ends.
"""

import re
from functools import cache, lru_cache

from stemma.text.data import rows

_BETWEEN = r" ?[:|>»–—\-ঃ：]"
"""What stands between "read also" and the headline of the other story."""
_BEHIND = {"more": _BETWEEN, "also": " "}


def is_whole_line(kind: str, folded: str) -> bool:
    """Whether a line is nothing but furniture of a kind: end, tail or widget."""
    return folded in _phrases(kind) or _compiled(_WHOLE[kind]).fullmatch(folded) is not None


def opens(kind: str, folded: str) -> bool:
    """Whether a line begins as furniture, however it goes on: "more" and "also" link to another story, "box", "caption"."""
    pattern = _OPENINGS.get(kind)
    return (pattern is not None and _compiled(pattern).match(folded) is not None) or _opening_phrases(kind).match(
        folded
    ) is not None


def says(kind: str, folded: str) -> bool:
    """Whether a line has words of law or consent (legal), of the site itself (notice), or of a picture (photo)."""
    return any(map(folded.__contains__, _phrases(kind))) and _compiled(_SAID[kind]).search(folded) is not None


@lru_cache(maxsize=8)
def _phrases(kind: str) -> frozenset[str]:
    return frozenset(
        phrase for name, phrases in rows("reports", "furniture.tsv") if name == kind for phrase in phrases.split("|")
    )


@lru_cache(maxsize=4)
def _opening_phrases(kind: str) -> re.Pattern[str]:
    longest = sorted(_phrases(kind), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest))})" + _BEHIND.get(kind, ""))


def _any_of(*patterns: str) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern compiled when it is first needed: a draft or an article from a table needs few."""
    return re.compile(pattern)


_WHOLE = {
    "end": _any_of(
        r"(leave|post|write|add|submit) (a |your )?(reply|comment)s?( below)?",
        r"(\d+ |view |see |show |read |all |load |join the |reader |user |recent |top )*(comments?|conversation|"
        r"discussion|responses?|replies)( \(?\d+\)?| section| on .{3,120}| policy)?",
        r"\d+ kommentar(e|er)?",
        r"schreiben sie einen kommentar.*",
        r"(\d+ )?commentaires?",
        r"(\d+ )?coment[aá]rios?",
        r"(\d+ )?commenti",
        r"(\d+ )?reacties",
        r"(\d+ )?komentar(ze|zy|e|i)",
        r"комментари[ийев]+",
        r"(\d+ )?yorum(lar)?",
        r"댓글( ?\d+)?",
    ),
    "tail": _any_of(
        r"(related|similar|recommended|suggested|popular|latest|recent|trending|other|more|further|additional|top|"
        r"featured|breaking|new|best|next|previous|today's|this week's|our) (\w+ )?(articles?|posts?|stories|news|reads?|"
        r"reading|topics?|content|headlines|links|coverage|videos?|searches|picks|features|resources)( .{1,40})?",
        r"(most|editors?'?s?|staff|readers?'?) (\w+ )?(read|popular|viewed|shared|commented|watched|picks?|choice|"
        r"recent)( .{1,30})?",
        r"(you )?(might|may|must|could) (also |be )?(like|enjoy|read|interested in)( .{1,30})?",
        r"(more|read more|latest|also|elsewhere|now|new) (from|on|in|by|about|at|for you)( .{1,50})?",
        r"(about|meet|written by|more from) (the |our )?(authors?|writers?|contributors?|us)( .{1,40})?",
        r"was this (article|page|story|information) (helpful|useful|interesting).*",
        r"rate this .*",
        r"how was this .*",
        r"weitere (artikel|beiträge|themen|nachrichten|meldungen|news|inhalte|informationen).*",
        r"mehr (aus|von|über|zu|news|artikel|nachrichten).{0,40}",
        r"aktuelle (news|nachrichten|videos|themen).*",
        r"vous aimerez aussi.*",
        r"nos dernières.*",
        r"más (noticias|leídas|información|sobre|en|de).{0,40}",
        r"(ver|mostrar) (más|comentarios).{0,20}",
        r"mais (lidas|lidos|notícias|sobre).{0,30}",
        r"potrebbe(ro)? (anche )?interessarti.*",
        r"altri articoli.*",
        r"\d+ reacties?",
        r"meer (over|nieuws|van|uit|lezen).{0,30}",
        r"meer in.*",
        r"\d+ kommentarer",
        r"mer (om|fra|från|nyheter)?.{0,30}",
        r"mere om.{0,30}",
        r"комментари[ийев]+",
        r"\d+ комментари\w+",
        r"подписывайтесь.*",
        r"\d+ yorum",
        r"댓글( ?\d+)?",
    ),
    "widget": _any_of(
        r"scroll (down |below )?(to continue|for video).*",
        r"slideshow \(\d+ images?",
        r"(share|tweet|print|email|e-mail|save|copy|copied|pin|pin it|like|follow|subscribe|log ?in|sign ?in|sign ?up|"
        r"register|menu|search|close|open|skip|back|home|next|previous|prev|play|pause|mute|download|embed|gift|bookmark|"
        r"listen|watch|loading|submit|reply|report|edit|donate|shares?|comments?|views?|link|source|copy link|facebook|"
        r"twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|instagram|youtube|tiktok|flipboard|pocket|messenger|"
        r"threads|bluesky|rss|feed)([ ,|/·•]+(via|on|by|to|this|the|with|friends?|article|story|post|page|icon|button|"
        r"link|share|tweet|email|e-mail|print|facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|instagram|"
        r"youtube|save|copy|in|or|and))*[ \d.,k]*",
        r"(share|listen to|save|print|email|like|rate|follow) (this|post|the)( article| story| post| page)?( on .{1,30}| "
        r"via .{1,30}| with .{1,30}| to .{1,30}| using .{1,30})?",
        r"\d+ ?(min(ute)?s?)?[ -]?(min(ute)?s? )?(read|to read|listen|watch|video|audio|reading time)",
        r"reading time:? .{1,20}",
        r"estimated reading time.{0,20}",
        r".{0,12}\bmin(ute)?s?\.? read\b.{0,20}",
        r"(skip|jump|go|back|return|scroll) (to|the) .{2,40}",
        r"spot_img.*",
        r"view (all|more|comments?|in browser|gallery|full .*)",
        r"show (more|all|less|full .*|caption)",
        r"(hide|toggle) .{1,25}",
        r"(read|see|learn|find out|show|view|load|discover|explore) (more|all|here|full story|the full story)( .{0,30})?",
        r"click here.*",
        r"tap (here|to) .*",
        r"image \d+ of.*",
        r"\d+ ?(/|of) ?\d+",
        r"current time.*",
        r".{0,20}followers?\W?follow.{0,10}",
        r".{0,20}subscribers?\W?subscribe.{0,10}",
        r".{0,20}fans\W?like.{0,10}",
        r"schriftgröße.*",
        r"lesedauer.*",
        r"lesezeit.*",
        r"artikel (teilen|drucken|anhören|hören|merken).*",
        r"zurück.{0,20}",
        r"weiterlesen.*",
        r"jetzt .{0,40}",
        r"partager.{0,30}",
        r"envoyer.{0,20}",
        r"lecture .{1,15}",
        r"temps de lecture.*",
        r"lire (la suite|plus|plus tard).*",
        r"écouter.{0,20}",
        r"compartir.{0,20}",
        r"copiar.{0,15}",
        r"tiempo de lectura.*",
        r"condividi.{0,20}",
        r"deel.{0,20}",
        r"kopieer.{0,15}",
        r"dela.{0,15}",
        r"del på .{1,20}",
        r"поделиться.{0,20}",
    ),
}

_OPENINGS = {
    "more": _any_of(
        r"(please |you (may|might|can|should) )?(also read|read also|see also|also see|read more|related (story|stories|"
        r"article|articles|reading|news|coverage)|recommended reading|don't miss|watch also|more on this( story)?)( [:|"
        r">»–—-]|[:|>»]).*",
    ),
    "also": _any_of(
        r"(also |please |you (may|might|can|should) (also )?)?(read|see|watch|listen|check out|learn)( more| also| next| "
        r"now| full story| the full story| here| it here| this| on| all| our)*( about| on| in| at| from)? ?[:|>»–—-].*",
        r"(related|recommended|trending|more|see also|read also|also read|read more|must read|don't miss|explore|"
        r"background|editor's pick|sponsored|promoted|in pictures|in photos|in depth|dig deeper|opinion|analysis|watch|"
        r"video|listen|podcast|live updates?|next|previous|gallery|photos|interactive|explainer|explained)( stor(y|ies)| "
        r"articles?| posts?| news| reading| coverage| content| links?| from .{2,30}| on .{2,30}| in .{2,30})?( ?[:|>»]| "
        r"[–—-]) ?.*",
        r"(read|see|click|check out|visit|view|download|watch|follow|listen to) .{0,40}\b(here|full (story|review|report|"
        r"article|interview)|live blog|newsletter|our .{2,30}(page|guide|section|coverage|app))\b.{0,12}",
    ),
}

_SAID = {
    "legal": _any_of(
        r"\b(this is|provided as) a rush transcript\b|\btranscripts? .{0,40}\brush deadline\b|\bthe authoritative record "
        r"of\b.{0,60}\b(audio|video|broadcast|programming)\b",
        r"\b(we|this (web)?site|our (web)?sites?|this page) (and our .{0,30})?uses? (\w+ )?cookies?\b|\bcookies? (policy|"
        r"settings|preferences|notice|consent)\b|\baccept (all )?cookies\b",
        r"\ball rights? reserved\b|(^|\s)(©|\(c\)) ?\d{4}|^©|\bcopyright\b.{0,6}\d{4}|\b(our|google|this "
        r"site's)\b.{0,40}\bprivacy (policy|notice|statement)\b|^(our |the )?(privacy (policy|notice|statement)|terms (of|"
        r"and|&) (use|service|conditions?))\b|\b(our|to the|these|google)\b.{0,20}\bterms (of|and|&) (use|service|"
        r"conditions?)\b|\bmay not be (published, |reproduced, )|\bmaterial may not be\b|\bprotected by recaptcha\b|\bdo "
        r"not sell\b",
        r"\b(may|might|can|could|will|to) (earn|receive|get|collect) (a |an |some )?(small |affiliate |share of )*"
        r"(commissions?|sales|compensation|percentage|fee|portion)\b|\baffiliate (links?|commission|partner|program)|"
        r"\bearns? from qualifying purchases\b",
        r"\b(email address|e-mail) will not be published\b|\brequired fields\b|\b(please )?enter your (comment|name|email|"
        r"e-mail)\b|\bsave my name\b|\bnotify me of\b|\byour comment\b.{0,40}\b(moderat|publish|review)|\bcomments? (are|"
        r"is|have been) (closed|moderated|disabled|off|subject)|\bbe the first to (comment|know|like|review|share)\b|\bno "
        r"comments yet\b|\bpost a comment\b|\bwe (welcome|encourage) .{0,40}comments\b|\bcommunity (guidelines|standards|"
        r"rules)\b",
        r"\bcookies?\b.{0,60}\b(akzeptier|zustimm|verwend|utilis|accept|usa|uso|gebruik|använd|bruk|käytä|používá|stosuj|"
        r"korzyst)|\b(utilis|verwend|usa|uso|gebruik|använd|bruk|käytä|používá|stosuj|korzyst)\w*.{0,40}\bcookies?\b|"
        r"\balle rechte vorbehalten\b|\btous droits réservés\b|\btodos los derechos reservados\b|\btodos os direitos "
        r"reservados\b|\btutti i diritti riservati\b|\balle rechten voorbehouden\b|все права защищены|усі права захищені|"
        r"всі права захищені|wszelkie prawa zastrzeżone|tüm hakları saklıdır|جميع الحقوق محفوظة|版权所有|無断転載|무단 ?전재",
    ),
    "notice": _any_of(
        r"^(e-?mail|contact) the (author|writer|reporter)\b",
        r"\b(sign|signed) up (to|for|here|now|today|with|below)\b.{0,80}|\bsign up\b.{0,30}\b(newsletter|email|alert)|"
        r"\b(our|the|a|free|daily|weekly|morning) (\w+ ){0,3}newsletters?\b.{0,60}\b(inbox|sign|subscri|free|here|get|"
        r"receive)|\b(get|receive|delivered|straight|sent|direct(ly)?)\b.{0,60}\b(your inbox|newsletter|email updates)\b|"
        r"\bto your inbox\b|\bunsubscribe\b",
        r"\bclick (here|below|on (the|this|our))\b|\bsupport (us|our|independent|quality|\w+'s) (\w+ )?(journalism|"
        r"reporting|newsroom|work)\b|\bnewsletters?\b.{0,60}\b(browse|soon|choose|select|next issue)\b|\b(soon be|arrive) "
        r"in your inbox\b|\b(junk|spam) (folder|mail)\b|\bvalid (email|e-mail)\b|\b(has|have) (not loaded|failed to "
        r"load)\b|\bcheck (the|this) (opt-in )?box\b|\b(check|watch|keep an eye on) your inbox\b|\bissue (with the form|"
        r"signing you up)\b|\bwelcome e-?mail\b|\bregister(ing)? (for free|to unlock|or sign)\b|"
        r"\bin-?box\b.{0,40}\b(alerts?|stories|updates|news)\b|\b(error|problem) (with|occurred|submitting|"
        r"loading)\b.{0,30}\b(form|try again|submi|page)\b",
        r"\b(already|not yet|become|are you|not) a (subscriber|member)\b|\b(subscribe|subscription)\b.{0,40}\b(access|"
        r"unlimited|now|today|offer|month|read|support|continue|newsletter|channel|here|to (our|the))\b|\bto continue "
        r"reading\b|\b(log|sign) in\b.{0,40}\b(account|to (comment|read|continue|post|save|view)|or)\b|\bcreate (an|your|"
        r"a free) account\b|\baccess this article\b|\balready have an account\b",
        r"\bfollow (us|me|him|her|them|the|our|@?\w+( \w+){0,5})\b.{0,60}\b(on|via) (twitter|facebook|instagram|x|youtube|"
        r"telegram|linkedin|whatsapp|bluesky|google news|tiktok|threads)\b|\b(like|find|join) us on\b|\bdownload (our|"
        r"the) (\w+ ){0,4}app\b|\b(our|the) (whatsapp|telegram) (channel|group)\b|\bturn on javascript\b|\benable "
        r"javascript\b|\bjavascript\b.{0,40}\b(disabled|enabled|required|browser)\b|\b(your|this|older) "
        r"browser\b.{0,40}\b(support|out of date|outdated|upgrade)|\bad.?block(er)?\b.{0,60}\b(disable|using|turn)|\bthis "
        r"(video|content|browser|feature) (is|cannot|can't|can not|could not)\b.{0,30}\b(available|supported|be (played|"
        r"shown|loaded))",
        r"\b(support|supported|funded) by (its|our) (audience|readers|members|viewers)\b|\b(make|making|consider) (a "
        r")?(contribution|donation|donating)\b|\bdonate (today|now|here)\b|\bthank(s| you) for (reading|visiting|"
        r"subscribing|registering|signing|your (comment|interest|support))\b|\bdo you (have|know)\b.{0,60}\b(tip|story "
        r"idea|news tip|to share|contact)\b|\b(contact|reach|email|write to|e-mail) (me|us|the (author|writer|reporter|"
        r"editor|newsroom))\b.{0,40}(\bat\b|@)|\bletters? to the editor\b|\bif you (spot|notice|see|found|find) (an? "
        r")?(error|mistake|typo)|\bwe'd (like|love) to hear\b|\blet us know\b.{0,40}\bcomments?\b|\bthis (story|article|"
        r"post|content|report) (was|is|has been) (\w+ )?(sponsored|produced|created|generated|auto-generated|paid|"
        r"provided|not been edited)\b|\bviews expressed\b|\bopinions? expressed\b|\b(article|page|site|website|post|content|"
        r"information|material)\b.{0,60}\b(not|nor)\b.{0,60}\b(investment|financial|legal|medical|tax) advice\b|"
        r"\b(is|are) (the author's|those of the author|solely those)\b|"
        r"\bfor (general |informational|information|educational) (\w+ )?(purposes|only)\b|\bshare "
        r"(this|your) (article|story|post|thoughts|experience)\b",
        r"\bnewsletter\b.{0,80}\b(abonnier|anmeld|inscri|abonn|suscrib|assin|iscri|inschrij|aanmeld|prenumer|meld|tilaa|"
        r"zapisz|odebír)|\b(abonnier|anmeld|inscri|abonn|suscrib|assin|iscri|inschrij|aanmeld|prenumer|påmeld|tilaa|"
        r"zapisz|přihlas)\w*.{0,80}\bnewsletter\b|\bpflichtfelder\b|\bihre e-mail-adresse wird nicht\b|\bvotre adresse "
        r"e-?mail ne sera pas\b|\btu dirección de correo\b|\bseu endereço de e-?mail\b|\bil tuo indirizzo email\b|\bje "
        r"e-mailadres\b|подпи(шитесь|сывайтесь|саться)|підпи(шіться|суйтесь|сатися)|\babonnez-vous\b|\bsuscríbete\b|"
        r"\biscriviti\b|\babonnier(e|en sie)\b|\bdatenschutz(erklärung|hinweise|bestimmungen)\b|\bprotection des "
        r"données\b|\bpolitique de confidentialité\b|\bpolítica de privacidad\b|\bpolítica de privacidade\b|\binformativa "
        r"sulla privacy\b|\bbildergalerie\b|\bredaktioneller inhalt\b|\bexterne(n|r)? inhalte?\b|\bcontenu externe\b|"
        r"\bcréez (votre|un) compte\b",
    ),
    "photo": _any_of(
        r"\b(photo|photograph|photography|image|picture|images|photos|video|graphic|illustration|foto|bild|quelle|"
        r"photograph by|file|crédit|credit|courtesy|fotografie|fotograf[ií]a|imagen|immagine|kuva|zdjęcie|фото|写真)s?( by| "
        r"via| credit| courtesy| source| caption| supplied)*( ?:| ?/|©| of \w+ \/)",
        r"\b(getty|shutterstock|unsplash|pexels|istock|imago|alamy|picture[- ]alliance|zuma|wikimedia|flickr|"
        r"depositphotos|pixabay|scanpix)\b|©|\((ap|afp|reuters|epa|pa|upi|file|photo|left|right|from left)\b.{0,30}\)$|"
        r"\b(ap|reuters|afp|epa|pa|upi|bloomberg|xinhua|nurphoto|eyevine) ?(photo|images?|archive|wire)?/|/ ?(ap|afp|"
        r"reuters|epa|efe|upi|getty|dpa|anadolu|bloomberg|shutterstock|pool|"
        r"associated press)\b|\bvia storyful$|\bfile (photo|picture|image)\b|"
        r"\bpictured\b|\bvia (ap|reuters|getty|afp|epa)\b|\bhandout\b",
    ),
}
