"""What furniture says of itself, in the languages of the press.

Each pattern is one alternation of literal words, anchored at the start of a line or bounded by its
length, so matching is linear. The words are the everyday labels of news sites: a rule of the
language, never of one publisher. Order of languages: English, German, French, Spanish, Italian,
Portuguese, Dutch, Scandinavian, Polish, Czech, Russian and Ukrainian, Turkish, Arabic, Japanese,
Korean, Chinese.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re

from variorum.stages.extract.buttons import gives_count, opens_as_story
from variorum.text.caseless import Caseless
from variorum.text.remember import remembered


def _starts(words: str) -> Caseless:
    """A line that starts with one of the phrases (one a line, or separated by ``|``)."""
    options = [w.strip() for w in words.replace("\n", "|").split("|") if w.strip()]
    joined = "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(options, key=len)[::-1])
    return Caseless(rf"[^\w]{{0,4}}(?:{joined})(?![^\W_])")


def _starts_any(words: str) -> Caseless:
    """As :func:`_starts`, without asking for a word's end (scripts that write no spaces)."""
    options = [w.strip() for w in words.replace("\n", "|").split("|") if w.strip()]
    joined = "|".join(map(re.escape, sorted(options, key=len)[::-1]))
    return Caseless(rf"[^\w]{{0,4}}(?:{joined})")


_READ_MORE = _starts(
    """
    read more|read also|also read|read next|read this|see also|see more|more on this|more on|more from
    more about|more like this|related|recommended|you may also like|you might also like|don't miss
    don’t miss|watch more|watch also|listen to more|keep reading|continue reading|must read|must-read
    further reading|editor's picks|editors' picks|editor’s picks|editors’ picks|most read|most popular|trending
    latest news|top stories|up next|in case you missed it|icymi|in other news:|in related news:|elsewhere in the news:|click here|learn more|find out more
    also on|labels:|what to read next|suggested|popular|promoted|sponsored content|from our partners|explore more|read:
    read the full|read our|watch now|subscribe to|for more, read|for more, see|for more information|for more details|for more on|for more about|for more news|for more stories|also see|see the latest|catch up
    lesen sie auch|lesen sie mehr|lesen sie hier|mehr zum thema|mehr zu|mehr aus|mehr dazu|auch interessant
    auch lesenswert|das könnte sie auch interessieren|das könnte sie interessieren|lesetipp|lesetipps
    weiterlesen|zum thema|zum artikel|empfohlener artikel|hier geht es zu|hier geht's|mehr lesen|mehr lesen über
    weitere artikel|weitere nachrichten|weitere themen|weitere informationen|weitere meldungen|meistgelesen
    meist gelesen|beliebte artikel|passend dazu|siehe auch|hier lesen sie|lesen sie dazu|lesen sie weiter
    jetzt lesen|mehr über|mehr von|lies auch|interessant:|aktuelle nachrichten|top-themen
    lire aussi|à lire aussi|a lire aussi|à lire également|à lire|lire la suite|lire plus|voir aussi
    à voir aussi|sur le même sujet|sur le même thème|pour aller plus loin|notre dossier|nos recommandations
    en savoir plus|les plus lus|à découvrir|découvrez aussi|plus d'informations|lire l'article|lire :|lire notre
    lee también|lea también|leer más|lee más|te puede interesar|le puede interesar|más información
    ver también|también te puede interesar|te recomendamos|le recomendamos|noticias relacionadas
    noticia relacionada|lo más leído|artículos relacionados|más noticias|sigue leyendo|ver más|quizás te interese
    leggi anche|leggi tutto|leggi di più|approfondisci|guarda anche|ti potrebbe interessare
    potrebbe interessarti|articoli correlati|vedi anche|i più letti|per approfondire|scopri di più
    leia também|leia mais|saiba mais|veja também|veja mais|mais lidas|notícias relacionadas|continue lendo
    matérias relacionadas|leia ainda|confira também|recomendado
    lees ook|lees meer|lees verder|meer over|meer nieuws|bekijk ook
    läs också|läs även|läs mer|les også|les mer|læs også|læs mere|les saken|mest lest|mest læst|mest läst|lue myös
    czytaj też|czytaj także|czytaj również|czytaj więcej|zobacz też|zobacz także|zobacz również|przeczytaj też
    przeczytaj także|polecamy|čtěte také|přečtěte si|mohlo by vás zajímat|související články|citiți și|citeşte şi
    читайте также|читать далее|читать также|смотрите также|по теме|читайте також|дивіться також|читайте ще
    ilgili haber|ilgili haberler|daha fazla|ayrıca oku|baca juga|xem thêm|bài viết liên quan
    """
)
_READ_MORE_ANY = _starts_any(
    """
    اقرأ أيضا|اقرأ أيضًا|اقرأ ايضا|اقرأ المزيد|شاهد أيضا|شاهد أيضًا|مواضيع ذات صلة|أخبار ذات صلة|موضوعات متعلقة
    اقرأ أيضاً|المزيد من|الأكثر قراءة|للمزيد|ذات صلة|טוען
    関連記事|関連ニュース|関連リンク|関連：|関連:|あわせて読みたい|続きを読む|おすすめ|合わせて読みたい|【関連|もっと見る|アクセスランキング
    人気記事|ランキング|【写真】|【動画】|【画像】|관련기사|관련 기사|▶|많이 본 뉴스|추천기사|相关阅读|相关新闻|推荐阅读|延伸阅读|延伸閱讀|相關新聞|更多新闻
    """
)
_NEWSLETTER = _starts(
    """
    sign up|subscribe|get the latest|get our|get breaking news|newsletter|stay informed|stay up to date
    join our|join us on|download our|download the|follow us|follow our|enter your email|by signing up
    by submitting|thank you for subscribing|thanks for signing up|become a member|support our|donate
    already a subscriber|already a member|log in|sign in|register|create an account|unlock|start your free
    this article is for subscribers|view comments|leave a comment|post a comment|have a tip|got a tip
    send us|email us|chat with us|whatsapp|telegram|facebook|twitter|instagram|linkedin|pinterest|reddit|print|share
    tweet|copy link|email this|save|bookmark|comment|comments|listen to this article|listen to article
    abonnieren|jetzt abonnieren|newsletter abonnieren|melden sie sich|folgen sie uns|jetzt anmelden|anmelden
    registrieren|teilen|drucken|merken|kommentare|kommentar|artikel anhören|vorlesen|e-mail|link kopieren
    inscrivez-vous|abonnez-vous|s'abonner|s’abonner|je m'abonne|partager|imprimer|commentaires|suivez-nous
    recevez|connectez-vous|écouter l'article|retrouvez toute
    suscríbete|suscribirse|regístrate|inicia sesión|síguenos|síganos|compartir|comentarios|imprimir|recibe
    iscriviti|abbonati|accedi|registrati|seguici|condividi|stampa|commenti|ascolta
    inscreva-se|assine|cadastre-se|siga|compartilhe|compartilhar|receba|comentários|entre no canal
    schrijf je in|meld je aan|abonneer|deel|del|dela|prenumerera|logg inn|logga in|abonner|udostępnij|zapisz się
    sdílet|поделиться|подписывайтесь|подпишитесь|підписуйтесь|поширити|paylaş|abone ol|bagikan
    """
)
_NEWSLETTER_ANY = _starts_any(
    """
    اشترك|شارك|تابعنا|انشر|تسجيل الدخول|التعليقات|シェア|ツイート|フォロー|会員登録|ログイン|無料登録|コメント|印刷
    구독|공유|댓글|로그인|订阅|分享|分享到|关注|評論|评论
    """
)
_AD = Caseless(
    r"[^\w]{0,3}(?:(?:advertisement|anzeige|werbung)\W{1,4}(?:story|article|content|scroll|weiter).{0,40}"
    r"|(?:story|article) continued below.{0,20}|advertisements?|advertising|(?:advertisement|advertising|sponsored|paid|promotional) feature|sponsored(?: (?:content|post|by .{1,40}))?|ads?|advertorial|paid (?:for|promotion)|(?:.{1,20}\W{1,4})?contains? affiliated? (?:content|links?)|partner content|ad feedback|promoted|promotion"
    r"|paid (?:post|content)|(?:story|article|content) continues(?: below)?.{0,40}"
    r"|continue reading.{0,60}|scroll (?:down )?(?:to|for) (?:continue|more).{0,40}"
    r"|this (?:advertisement|video|content|ad) (?:has not|is not|will).{0,80}"
    r"|anzeige|werbung|advertorial|artikel(?:text)? (?:wird|geht).{0,40}weiter.{0,40}"
    r"|publicité|la suite (?:de l'article |après).{0,40}|publicidad(?:e)?|continúa (?:leyendo|después).{0,40}"
    r"|continua (?:após|dopo).{0,40}|pubblicità|sponsorisé|contenu sponsorisé|patrocinad[oa]|contenido patrocinado|conteúdo patrocinado|sponsorizzato|contenuto sponsorizzato|gesponsert|gesponsord|PR|advertentie|annons|annonse|annonce|reklam[aey]?|реклама"
    r"|iklan|quảng cáo|إعلان|اعلان|広告|スポンサーリンク|광고|广告|廣告|loading|lädt|chargement|cargando|close)"
    r"[^\w]{0,3}",
)
_CREDIT_START = Caseless(
    r"^[\W]{0,3}(?:photo(?:graph)?s?|image|picture|foto|bild|crédits? photo|imagen|fotografía|immagine|imagem|beeld|bilde"
    r"|zdjęcie|фото|صورة|写真|사진|图片)(?: (?:by|credit|credits|courtesy|de|von|di|da|of|par))?\s{0,2}[:：/©|=]",
)
_CREDIT = Caseless(
    r"(?:^[\W]{0,3}(?:photo(?:graph)?s?|image|picture|credit|video|graphic|illustration|source|file|courtesy"
    r"|foto|bild|bildquelle|grafik|quelle|legende|crédits?|imagen|crédito|créditos|fotografía|fuente"
    r"|immagine|fonte|imagem|beeld|bilde|zdjęcie|фото|صورة|写真|사진|图片)"
    r"(?: (?:by|credit|credits|courtesy|de|von|di|da|of|par))?\s{0,2}[:：/©|=]"
    r"|\bgetty images\b|\bshutterstock\b|\bistock\b|\bap photo\b|\bfile photo\b|\bafp via\b"
    r"|/\s?(?:afp|reuters|dpa|ap|getty|imago|epa|ansa|efe|tt|ntb|keystone)\b"
    r"|(?:\bfoto|\bphoto|\bbild|\bimage|\bcrédit|\bcredit|©|\(c\))\s{0,2}[:：©/]?\s?[^.!?]{2,60}\)?\s{0,2}$)",
)
_COPYRIGHT = Caseless(
    r"[^\w]{0,3}(?:(?:end of (?:the |this )?(?:article|story|text|document)|ende des (?:artikels|textes)|fin de l['’]article|fin del artículo|fine dell['’]articolo|fim do artigo)(?:\W{0,3}$|\W{1,3}(?:©|\(c\)|copyright))|©|\(c\)\s|copyright|all rights reserved|alle rechte vorbehalten|tous droits réservés"
    r"|todos los derechos|tutti i diritti|todos os direitos|riproduzione riservata|©\s?riproduzione"
    r"|reproducción prohibida|jegliche (?:nutzung|verwendung)|無断転載|무단|저작권자|版权)",
)
_RESERVED = Caseless(r"(?:©|\(c\)) ?\d{4}\b.{0,80}\ball rights reserved\W{0,3}$")
_SECTION_END = _starts(
    """
    comments|leave a reply|leave a comment|join the conversation|related|related articles|related stories
    related content|related news|related topics|related posts|more from|more on|more stories|more news|most read
    most popular|most viewed|trending|trending now|recommended|recommended for you|you may also like|you might also like
    read next|up next|what to read next|latest|latest news|latest stories|latest articles|top stories
    popular|popular stories|popular now|editor's picks|editors' picks|about the author|about the authors
    about the writer|share this|share this article|share this story|subscribe|newsletter|sponsored|around the web
    from our partners|promoted|also on|elsewhere|explore|topics|tags|more in|in other news|see also|watch more
    similar articles|similar posts|recent posts|next article|previous article|don't miss|have your say|discussion
    kommentare|kommentar schreiben|mehr zum thema|auch interessant|das könnte sie auch interessieren|meistgelesen
    meist gelesen|weitere artikel|weitere themen|weitere nachrichten|ähnliche artikel|mehr aus|mehr zu|mehr von
    verwandte artikel|verwandte themen|empfehlungen|unsere empfehlungen|über den autor|zur person|zum autor
    lesen sie auch|schlagworte|themen|teilen|zur startseite|diskutieren sie mit|jetzt mitdiskutieren|neueste artikel
    leser-kommentare|top-artikel
    commentaires|sur le même sujet|à lire aussi|lire aussi|les plus lus|articles similaires|à la une|voir aussi
    plus d'articles|nos derniers articles|dans la même rubrique|vos commentaires|réagir|le plus lu
    comentarios|noticias relacionadas|artículos relacionados|lo más leído|más noticias|te puede interesar
    lo más visto|más en|relacionados|temas|más información|últimas noticias
    commenti|articoli correlati|leggi anche|i più letti|potrebbe interessarti|ti potrebbe interessare|correlati
    comentários|leia também|veja também|mais lidas|notícias relacionadas|relacionadas|últimas notícias
    reacties|lees ook|meer nieuws|meest gelezen|kommentarer|les også|läs också|læs også|mest lest|mest läst|siste nytt
    komentarze|zobacz też|polecane|najczęściej czytane|komentáře|комментарии|читайте также|коментарі|yorumlar
    """
)
_SECTION_END_ANY = _starts_any(
    """
    التعليقات|مواضيع ذات صلة|أخبار ذات صلة|الأكثر قراءة|اقرأ أيضا|اقرأ أيضًا|اقرأ أيضاً|関連記事|関連ニュース|おすすめ|人気記事|コメント
    ランキング|アクセスランキング|新着記事|最新記事|관련기사|댓글|많이 본|相关阅读|相关新闻|评论|推荐阅读
    """
)


_CONSENT = Caseless(
    r"\b(?:cookies?|consent|privacy (?:policy|preferences|choices|notice)|gdpr|ccpa|terms of (?:use|service)"
    r"|personal data|opt.?out|data protection|datenschutz\w*|privatsphäre\w*|nutzungsbedingungen"
    r"|confidentialité|conditions d.utilisation|privacidad|privacidade|informativa sulla privacy|personvern"
    r"|(?:we|us) and (?:our|up to) (?:\d[\d.,]{0,6} )?(?:advertising |trusted )?(?:partners|vendors)|information on (?:a|your|the) device"
    r"|legitimate interest|personali[sz]ed (?:ads|advertising|content)|wir und unsere (?:\d[\d.,]{0,6} )?partner|informationen auf (?:einem|ihrem) (?:gerät|endgerät)"
    r"|(?:nous et )?nos (?:\d[\d.,]{0,6} )?partenaires|informations sur (?:un|votre) (?:appareil|terminal)|nuestros (?:\d[\d.,]{0,6} )?socios"
    r"|información en (?:un|tu|su) dispositivo|nostri (?:\d[\d.,]{0,6} )?partner|informazioni su(?:l tuo| un) dispositivo|nossos (?:\d[\d.,]{0,6} )?parceiros"
    r"|onze (?:\d[\d.,]{0,6} )?partners)(?![^\W_])"
    r"|プライバシー|利用規約|ملفات تعريف الارتباط|الخصوصية",
)


_REPLIES = Caseless(
    r"[^\w]{0,3}\(?\d{1,6}\)?\s{0,2}(?:thoughts?|responses?|replies|reply|comments?|kommentare?|ergänzungen"
    r"|leserkommentare?|antworten|beiträge|commentaires?|réponses?|réactions?|comentarios?|respuestas?|opiniones"
    r"|commenti|risposte|comentários?|respostas?|reacties|kommentarer|svar|komentarz\w{0,3}|komentář\w{0,2}"
    r"|комментари\w{0,3}|yorum|تعليق\w{0,3}|件のコメント|コメント|댓글|条评论)(?![^\W_])"
    r"|(?:[\w-]{1,12}\s){1,3}(?:comments|kommentare|commentaires|comentarios|commenti|comentários|reacties)\W{0,3}$"
    r"|(?:comments|kommentare|commentaires|comentarios|commenti|comentários|reacties)\W{1,3}\d{1,6}\W{0,3}$",
)


_REPLIED = Caseless(
    r"[^\w]{0,3}\d[\d.,]{0,6} (?:of (?:you|our readers) (?:have )?|(?:readers?|people|users?|members?|viewers?) (?:have |has )?)(?:had (?:their|your) say|commented|replied|responded|written in|joined (?:in|the (?:conversation|discussion|debate)))"
    r"|[^\w]{0,3}\d[\d.,]{0,6} (?:leser|nutzer|user|personen)(?:innen|:innen|\*innen)? (?:haben (?:kommentiert|geantwortet|mitdiskutiert|ihre meinung gesagt)|diskutieren mit)"
    r"|[^\w]{0,3}\d[\d.,  ]{0,6} (?:lecteurs?|lectrices|internautes|abonnés|personnes?) (?:ont|a) (?:réagi|commenté|répondu|donné (?:leur|son) avis)"
    r"|[^\w]{0,3}\d[\d.,]{0,6} (?:lectores?|usuarios?|personas?) (?:han|ha) (?:comentado|opinado|respondido)|[^\w]{0,3}\d[\d.,]{0,6} (?:lettori|lettore|utenti|persone) (?:hanno|ha) (?:commentato|risposto)"
    r"|[^\w]{0,3}\d[\d.,]{0,6} (?:leitores|leitor|usuários|utilizadores|pessoas) (?:já )?(?:comentaram|comentou|responderam)",
)


_GATE = Caseless(
    r"\b(?:to (?:continue|keep) reading|continue reading (?:with|for|by)|subscribe (?:now|today|to (?:read|continue|unlock))"
    r"|(?:for|to) subscribers? only|subscribers? only|subscriber.exclusive|already (?:a )?(?:subscribe[rd]|member)"
    r"|create (?:a |your )?(?:free )?account|(?:sign|log) ?in to (?:read|continue|access|view)|register (?:now )?to (?:read|continue)"
    r"|unlock (?:this|the full|full|more)|free articles? (?:left|remaining)|article limit|reached your .{0,20}limit|used (?:all )?your .{0,12}free articles|start your (?:free )?trial|unlimited (?:digital |online )?access"
    r"|premium (?:article|content|access)|this (?:article|story|content) is (?:for|reserved|exclusive|only)|become an? (?:.{0,30} )?(?:member|subscriber)\b"
    r"|cancel anytime|enjoy unlimited|you(?:['’]re| are) enjoying (?:the|our|this) .{2,40}(?:website|site|journalism|content)"
    r"|(?:weiterlesen|weiter lesen) (?:mit|nach|und)|jetzt (?:weiterlesen|abonnieren|freischalten|testen)|mit .{2,30}\+? weiterlesen|exklusiv für abonnenten"
    r"|nur für abonnenten|abonnenten lesen|(?:schon|bereits) abonnent\w{0,3}|monatlich kündbar|jederzeit kündbar|artikel freischalten|zugang zu allen"
    r"|registrieren sie sich|(?:kostenlos|gratis) (?:registrieren|testen|weiterlesen)|diesen artikel (?:weiter)?lesen"
    r"|réservée?s? (?:aux|à nos) abonnée?s|(?:déjà|deja) abonnée?|il vous reste .{1,12} ?% ?de cet article|abonnez-vous|pour lire la suite|lisez la suite"
    r"|sans engagement|accédez à (?:tous|l.intégralité)|(?:créez|créer) (?:un|votre) compte|contenu réservé|la suite est réservée"
    r"|suscríbete|suscríbase|(?:solo|exclusivo) para suscriptores|contenido exclusivo|(?:ya )?eres suscriptor|ya soy suscriptor|para seguir leyendo"
    r"|inicia sesión para|regístrate (?:gratis|para)|accede a todos|abbonati (?:ora|per|subito)|(?:sei )?già abbonat[oi]|riservat[oi] agli abbonati"
    r"|per continuare a leggere|contenuto (?:riservato|premium)|accedi per|assine (?:já|agora|para)|já é assinante|exclusivo para assinantes"
    r"|para continuar lendo|conteúdo exclusivo|abonneer (?:nu|je)|al abonnee|verder lezen|alleen voor abonnees"
    r"|(?:logg|logga) inn? for å lese|for abonnenter|bare for abonnenter|för prenumeranter|kun for abonnenter|bli abonnent|tylko dla (?:abonentów|subskrybentów)"
    r"|dostęp (?:premium|do wszystkich)|jen pro předplatitele|для подписчиков|оформите подписку|aboneler)(?![^\W_])"
    r"|للمشتركين فقط|اشترك الآن|لمتابعة القراءة|有料会員|会員限定|この記事は有料|続きを読むには|残り\s?\d+\s?文字|無料会員|ログインして|유료회원|구독하시면|로그인 후"
    r"|付费阅读|订阅后|会员专享|登录后",
)


@remembered
def is_gate(text: str) -> bool:
    """Words that ask for a subscription or an account before one may read on. A site does not put
    its own request into quotation marks."""
    return len(text) < 1200 and text[:1] not in _QUOTES and bool(_GATE.search(text))


_QUOTES = frozenset('"“”„«‘')
_METER = Caseless(
    r"[^\w\"“”„«‘]*(?:[^\"“”„«‘]{0,80}[.!:] )?(?:you(?:.ve| have)(?: now| just| already)? (?:reached|used(?: up)?|exceeded|hit|read|viewed|come to the end of)"
    r"(?: all(?: of)?)? your .{0,40}\b(?:limit|allowance|quota|free (?:articles|stories|views|reads))"
    r"|you have no (?:more )?free (?:articles|stories) (?:left|remaining)"
    r"|sie haben (?:bereits )?(?:ihr .{0,40}(?:limit|kontingent)|ihre .{0,30}(?:freien|kostenlosen) artikel|alle .{0,30}(?:freien|kostenlosen) artikel)"
    r".{0,60}\b(?:erreicht|aufgebraucht|gelesen|verbraucht|ausgeschöpft)"
    r"|vous avez (?:atteint|épuisé|lu) (?:votre|vos|tous vos) .{0,40}\b(?:limite|quota|articles gratuits)"
    r"|vous avez atteint (?:la limite|le nombre) .{0,40}articles"
    r"|has (?:alcanzado|llegado a|agotado|leído) (?:tu|tus|el|todos tus) .{0,40}\b(?:límite|artículos gratuitos|artículos gratis)"
    r"|hai (?:raggiunto|esaurito|letto) (?:il|i|tutti i) .{0,40}\b(?:limite|articoli gratuiti)"
    r"|(?:você|voce) (?:atingiu|esgotou|já leu) (?:o|seu|os|seus) .{0,40}\b(?:limite|artigos gratuitos|matérias gratuitas)"
    r"|(?:je hebt|u hebt|u heeft) .{0,20}\b(?:limiet|gratis artikelen) .{0,20}(?:bereikt|gelezen))(?![^\W_])"
    r"|.{0,40}(?:無料記事|無料で読める記事).{0,30}(?:上限|残り0)|.{0,30}لقد (?:استنفدت|وصلت إلى) .{0,40}(?:مقالات|المقالات)",
)


@remembered
def is_meter(text: str) -> bool:
    """A meter that has run out: this reader is refused the rest of this story now."""
    return len(text) < 600 and bool(_METER.match(text))


_PLACEHOLDER = Caseless(
    r"\b(?:(?:this|the) (?:video|content|embed|post|slideshow|(?:video|media) player) (?:has failed to (?:load|play)|(?:could not|cannot|can.t) (?:be )?(?:loaded|played|displayed|load|play)|is not supported|requires (?:javascript|cookies|flash|a (?:modern|newer) browser))"
    r"|^\W{0,3}(?:this|the) (?:video|content|embed|post|slideshow|tweet) is (?:not|no longer|currently not) available\W{0,3}(?:$|in your (?:region|country|area)|please\b|try\b)"
    r"|(?:we apologi[sz]e, but )?this video has failed|requires javascript|javascript (?:is )?(?:disabled|required)|enable javascript"
    r"|browser (?:is not supported|does not support)|(?:out.?dated|unsupported|older) browser|upgrade your browser"
    r"|externe(?:r|n)? (?:inhalt|inhalte|medien)|redaktioneller? inhalt|an dieser stelle (?:finden|befindet|steht)"
    r"|inhalt(?:e)? (?:anzeigen|laden|von .{2,30} (?:laden|anzeigen))|zur anzeige dieses inhalts|ihr browser (?:unterstützt|kann)"
    r"|contenu (?:externe|bloqué|intégré)|pour (?:afficher|voir) ce contenu|votre navigateur|contenido externo|tu navegador no"
    r"|contenuto esterno|il tuo browser|conteúdo externo|seu navegador|externe inhoud|deze inhoud)(?![^\W_])"
    r"|ご利用のブラウザ|JavaScriptを有効",
)
_PROMOTION = Caseless(
    r"\b(?:newsletters?|sign.?up|subscribe|inbox|whatsapp.channel|download our app"
    r"|(?:follow|reach|contact|find|e-?mail|write to|like us|join) .{0,60}\b(?:twitter|facebook|instagram|linkedin|whatsapp|youtube)"
    r"|abonnier\w{1,4}|anmelden|abonnez|inscrivez|suscríbete|suscríbase|iscriviti|abbonati|inscreva|assine|prenumerera"
    r"|nyhetsbrev|nieuwsbrief|nyhedsbrev|boletín|follow us|folgen sie|suivez|síguenos|seguici|siga)\b"
    r"|النشرة|メルマガ|ニュースレター|뉴스레터",
)


_PRINT = Caseless(
    r"\W*(?:a version of this (?:article|story|review|column|obituary).{0,20} appears? in print|this (?:article|story|post) (?:first |originally )?"
    r"appeared (?:in|on) print|you can now listen to .{0,40}(?:articles|news)|(?:text|words|photographs?|photos?|translation|"
    r"illustrations?|interview|video) by [A-Z]|play video\b|more video\b|this article is more than \d|dieser artikel ist älter als"
    r"|.{0,120}\b(?:to|in) your (?:e-?mail )?inbox\b)",
)


_PROMPT = Caseless(
    r"[^\w]{0,3}(?:(?:enjoy(?:ing|ed)? (?:this|our|what you.re reading)|like (?:this|what you.re reading)|want more|never miss"
    r"|hat ihnen (?:dieser|der) artikel gefallen|gefällt ihnen|vous (?:aimez|avez aimé)|te (?:gusta|ha gustado)|ti (?:piace|è piaciuto)"
    r"|gostou (?:deste|desta|da|do)).{0,160}"
    r"|(?:download|get) (?:our|the) (?:free )?(?:[\w’']+ )?(?:news )?app\b.{0,100}|(?:laden sie|hol dir) .{0,30}\bapp\b.{0,80}"
    r"|téléchargez .{0,30}\b(?:appli|application|app)\b.{0,80}|descarga .{0,20}\b(?:app|aplicación)\b.{0,80}"
    r"|scarica .{0,20}\bapp\b.{0,80}|baixe .{0,20}\b(?:app|aplicativo)\b.{0,80}"
    r"|(?:sign up|subscribe|register) (?:for|to) our .{0,100}|(?:abonnieren sie|melden sie sich) .{0,20}unsere[nrm]? .{0,80}"
    r"|(?:inscrivez-vous|abonnez-vous) à (?:notre|nos) .{0,80}|(?:suscríbete|suscríbase|apúntate) a nuestr[oa]s? .{0,80}"
    r"|iscriviti all[ae] nostr[ae] .{0,80}|(?:inscreva-se|assine) .{0,6}noss[oa] .{0,80}"
    r"|you.re reading a free article.{0,200}|(?:our|the [\w’' ]{2,40}) (?:independent )?journalism (?:depends|relies) on .{0,120}"
    r"|(?:support|help us keep) (?:our|independent) journalism.{0,120}|unterstützen sie (?:uns|unsere).{0,120}|soutenez[- ].{0,100}"
    r"|(?:join|become) (?:our|one of our) (?:members|supporters|readers).{0,120}|(?:unterstützen|fördern) sie uns.{0,120}"
    r"|(?:win|gewinnen sie|gagnez|gana|vinci|ganhe) .{3,80}: ?(?:enter|jetzt|participez|participa|partecipa|participe).{0,80}"
    r"|enter our .{0,40}(?:draw|competition|giveaway|prize).{0,60}"
    r"|our newsletter .{0,120}|unser newsletter .{0,120}|notre (?:newsletter|infolettre) .{0,120}"
    r"|nuestro boletín .{0,120}|la nostra newsletter .{0,120}|a nossa newsletter .{0,120}"
    r"|(?:(?:jetzt|nur|dès|solo|apenas|only) )?\d{1,3} (?:wochen|monate|weeks|months|semaines|mois|semanas|meses|settimane|mesi) (?:für|for|pour|por|per|a)"
    r" (?:nur |only )?(?:[€$£] ?\d{1,3}\b|\d{1,3} ?(?:€|euros?\b|cents?\b|pounds?\b|dollars?\b|reais\b)).{0,80}"
    r"|(?:diesen artikel können sie|you can (?:also )?listen to this article|vous pouvez (?:aussi )?écouter cet article"
    r"|puedes? (?:también )?escuchar este artículo|puoi (?:anche )?ascoltare questo articolo).{0,120}"
    r"|we(?:.ve| have) (?:raised|reached|hit) .{1,30} (?:of|towards) our .{0,20}(?:goal|target).{0,100}|wir haben .{1,30} unseres (?:spenden)?ziels.{0,100}"
    r"|nous avons atteint .{1,30} de notre objectif.{0,100}|hemos (?:alcanzado|recaudado) .{1,30} de nuestr[oa] (?:meta|objetivo).{0,100}"
    r"|stop the censors.{0,120}|follow us on .{0,100}|folgen sie uns .{0,100}|suivez-nous sur .{0,80}|síguenos en .{0,80}"
    r")",
)


@remembered
def is_prompt(text: str) -> bool:
    """A whole line that speaks to the reader about the paper itself: its newsletter, app or funds.
    "Our" and "you" tell it from a report about such things."""
    return len(text) < 240 and bool(_PROMPT.fullmatch(text))


@remembered
def is_small_print(text: str) -> bool:
    """A site's set phrases about print editions, credits and listening, told from story by wording."""
    return len(text) < 300 and bool(_PRINT.match(text))


@remembered
def is_log(text: str) -> bool:
    """A link to, or the heading of, a page's change log."""
    return len(text) < 140 and bool(_LOG.search(text))


@remembered
def is_placeholder(text: str) -> bool:
    """What stands where an embed could not be shown, or what an old browser is told."""
    return len(text) < 600 and bool(_PLACEHOLDER.search(text))


@remembered
def is_promotion(text: str) -> bool:
    """Words of newsletters, apps and channels anywhere in a line."""
    return bool(_PROMOTION.search(text))


@remembered
def is_consent(text: str) -> bool:
    """Words of consent dialogues and legal notes (a story about them has them too: weak evidence)."""
    return bool(_CONSENT.search(text))


@remembered
def is_read_more(text: str) -> bool:
    """A line that sends the reader to another page."""
    return bool(_READ_MORE.match(text) or _READ_MORE_ANY.match(text))


_ALSO_IN = Caseless(
    r"\W{0,3}(?:also|auch|aussi|también|anche|também) (?:in|on|from|by|im|dans|en|nel|no) [\w’'& ]{2,30}:"
)


def is_also_in(text: str) -> bool:
    """What a link to another story of the paper's begins with: "Also in Verdigris: …"."""
    return bool(_ALSO_IN.match(text))


@remembered
def is_invitation(text: str) -> bool:
    """A line that asks the reader to sign up, share, follow, log in or comment."""
    if _NEWSLETTER_ANY.match(text):
        return True
    if not _NEWSLETTER.match(text):
        return False
    return not opens_as_story(text) or (is_promotion(text) and not gives_count(text))


@remembered
def is_advert(text: str) -> bool:
    """A line that is nothing but an advertisement's label."""
    return len(text) < 140 and bool(_AD.fullmatch(text))


_AD_LABEL = Caseless(
    r"[^\w]{0,3}(?:advertisement|advert|sponsored|promoted|paid (?:post|content)|advertisement feature|partner content"
    r"|sponsored (?:content|post)|anzeige|werbung|publicité|contenu sponsorisé|publicidade?|contenido patrocinado|pubblicità"
    r"|advertentie|annons|annonse|reklam[aey]?|реклама|広告|【PR】|【広告】|إعلان ممول|광고|广告|廣告)\s?(?:[:：|]|[–—-]\s)\s?\S",
)


_BRACKETED = Caseless(
    r"\W{0,2}[【［〔\[](?:PR|AD|広告|関連(?:記事|ニュース|リンク)?|あわせて読みたい|合わせて読みたい|おすすめ(?:記事)?|advertisement|advert|sponsored|anzeige|werbung|publicité|publicidad|pubblicità|реклама|إعلان|광고|관련기사|广告|廣告|相关阅读|延伸閱讀)[】］〕\]]\s?\S"
)


def is_labelled_advert(text: str) -> bool:
    """An advertisement that says so in its first word ("Advertisement: Oak beds made to measure"), or
    it or another story under a label in brackets: "[PR] …", "【関連記事】…"."""
    return len(text) < 300 and bool(_AD_LABEL.match(text) or _BRACKETED.match(text))


@remembered
def is_credit(text: str) -> bool:
    """A line that credits a picture."""
    return len(text) < 400 and bool(_CREDIT.search(text))


def starts_as_credit(text: str) -> bool:
    """A line that begins "Photo:" or the like."""
    return bool(_CREDIT_START.match(text))


@remembered
def is_copyright(text: str) -> bool:
    return len(text) < 400 and bool(_COPYRIGHT.match(text) or _RESERVED.search(text))


_BIO = Caseless(
    r"\b(?:(?:is|was|has been|works as|serves as|joined|covers|writes|reports|edits|hosts|leads|contributed) .{0,60}"
    r"|(?:ist|war|arbeitet|schreibt|berichtet|leitet|volontierte|studierte|est|écrit|couvre|es|escribe|cubre|è|scrive|é|escreve"
    r"|is|schrijft|är|skriver|er|jest)\b.{0,80})"
    r"(?:reporter|correspondent|editor|writer|journalist|columnist|author|producer|critic|fellow|staff|bureau|newsroom|book"
    r"|redakteur|redaktion|korrespondent|autor|volontär|journaliste|rédact|correspondant|periodista|redactor|corresponsal"
    r"|giornalist|redazione|corrispondent|jornalist|redator|redacteur|redaktör|dziennikar)\w{0,4}"
    r"|[\w.]{2,30}@[\w.]{3,40}|twitter|@\w{3,}|記者|編集"
    r"|^.{0,3}(?:(?:senior|chief|freelance|political|science) )?(?:reporter|journalist|correspondent|journaliste|grand reporter|redakteur|reporterin|korrespondent|periodista|giornalista|jornalista|rédact)\w{0,3}\b"
    r"|^.{0,3}(?:has |have )?(?:covered|reported (?:on|from)|written (?:about|for)|covers|reports (?:on|from)|writes (?:about|for)) ",
)


def is_bio(text: str) -> bool:
    """Whether what follows a writer's name presents the writer."""
    return bool(_BIO.search(text[:240]))


_OF_THE_DAY = Caseless(
    r"\W{0,3}(?:(?:photo|picture|image|cartoon|quote|quotation|word|joke|recipe|poem|verse|number|video) of the (?:day|week)"
    r"|(?:bild|foto|zitat|wort|karikatur|spruch|rezept|zahl) des tages|(?:photo|image|dessin|citation|mot|chiffre) du jour"
    r"|(?:foto|imagen|frase|viñeta|palabra|cita) del día|(?:foto|immagine|frase|vignetta|parola) del giorno"
    r"|(?:foto|imagem|frase|charge|palavra) do dia|今日の(?:一枚|言葉|一言)|صورة اليوم|حكمة اليوم)\W{0,3}",
)


def is_of_the_day(text: str) -> bool:
    """The heading of a box that a paper fills anew every day ("Picture of the day")."""
    return len(text) < 60 and bool(_OF_THE_DAY.fullmatch(text))


_LOG = Caseless(
    r"\b(?:show|see|view|hide) all (?:updates|changes)\b|^(?:updates to this page|change history|page history|version history"
    r"|revision history|änderungshistorie|historique des modifications)\W*$",
)


_DOWNLOAD = Caseless(
    r"\W*(?:this file may not be (?:suitable|accessible)|request an accessible format|if you use assistive technology"
    r"|(?:pdf|csv|html|ods|odt|docx?|xlsx?|ms (?:word|excel).{0,20}|.{0,30}spreadsheet),? [\d.,]+ ?[kmg]b\b|view online)",
)


@remembered
def is_download_note(text: str) -> bool:
    """The small print under an attached document: its format, size and how to ask for another."""
    return bool(_DOWNLOAD.match(text))


@remembered
def is_replies(text: str) -> bool:
    """A heading over readers' comments."""
    if len(text) >= 120:
        return False
    return _REPLIES.match(text) or (len(text) < 60 and _REPLIED.match(text))


_TWOFOLD = Caseless(
    r"\W{0,4}(?:comments|related|latest|trending|popular|recommended|suggested|similar|explore|discussion|topics|sponsored|promoted"
    r"|kommentare|themen|empfehlungen|commentaires|comentarios|relacionad[oa]s|temas|commenti|correlati|comentários) "
    r"(?!(?:news|stories|articles|posts?|content|topics?|links?|videos?|headlines|updates?|coverage|reading|products|searches|for you|now|on this|from us|on the|(?:about|on|under) this (?:post|article|story|page)"
    r"|artikel|zum|articles|noticias|notizie|notícias)\b)\w.{0,100}",
)


def tells_more(label: str) -> bool:
    """Whether what begins like a label goes on as a heading of a story may: "Comments from the port"."""
    return _TWOFOLD.fullmatch(label)


_COMMENT = re.compile(r"\W{0,4}comment\W{0,4}", re.IGNORECASE)  # French for "how", too


@remembered
def ends_story(text: str) -> bool:
    """A short heading after which comes what is not the story."""
    if is_replies(text) or (len(text) < 140 and _LOG.search(text)) or _COMMENT.fullmatch(text):
        return True
    return len(text) < 60 and bool(_SECTION_END.match(text) or _SECTION_END_ANY.match(text))
