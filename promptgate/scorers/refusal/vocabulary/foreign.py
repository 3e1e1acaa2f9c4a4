"""How answers decline in Spanish, French, German, Portuguese, Italian, Japanese and Chinese.

The common forms, as data: a first person who cannot or will not, an act of helping, a norm
in place of the help, a policy. Shallower than the English: one pattern that declines, one
that turns to help, and the phrases that look alike. '_' stands for a space.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language.

    Attributes:
        declines: Pattern of a clause that declines.
        idioms: Pattern that, where it begins at a declining clause, cancels it.
        supposes: Pattern that, directly before a clause, cancels it ('if I can't …').
        delivers: Pattern of a phrase that delivers help.
        limited: Pattern of an object that makes a clause a limit: advice of a profession.
        turns: Pattern of a phrase that, after a limit, turns to help.
    """

    declines: str
    idioms: str
    supposes: str
    delivers: str
    limited: str
    turns: str


SPANISH = Phrases(
    r"""
      \bno_(?:(?:te|le|les|os|me|se_lo|lo|la)_)?(?:puedo|podemos|podría|podré|debo|debería
          |quiero|voy_a(?:_poder)?|vamos_a(?:_poder)?|deseo|pienso|pretendo)(?:_\w+mente
          |_en_(?:conciencia
          |ningún_caso))?,?_(?:(?:ni_\w+|legal\w*|ética\w*)_)?(?:ayud|asist|proporcion|ofrec|dar
          |darte|darle|brind|facilit|compart|decir|explic|respond|contest|gener|escrib|redact
          |cre[ao]|produc|particip|cumpl|complac|atend|proced|hacer_(?:eso|esto|lo)|hacerlo
          |enseñ|mostr|revel|divulg|describ|discut|habl|continu|realiz|elabor|suministr|apoy
          |promov|foment|involucr|colabor|suger|recomend(?!\w*[^.!?\n]{0,60}\b(?:lo_suficiente
          |suficiente))|coment|acept|seguir|ignor|respald|aconsej|entr(?:ar|eg)|permit|tratar
          |abord|orient|guia)\w*
    | \bno_(?:me_es|es|nos_es|me_resulta|será|sería)_(?:\w+mente_)?(?:posible|apropiado|ético
        |correcto|adecuado|aceptable|respetuoso|justo)(?:_ni_\w+|_o_\w+
        |_y_\w+)?(?:_para_mí)?,?_(?:que_|hablar|proporcion|ofrec|dar|brind|compart|discut
        |respond|ayud|asist|hacer|promov|foment|suger|decir|generaliz|facilit|complac|cumpl)
    | \bno_(?:soy|estoy|estamos|somos|seré|me_siento)_(?:\w+mente_)?(?:capaz|autorizad\w
        |en_condiciones|dispuest\w|programad\w|diseñad\w|en_posición|cómod\w|habilitad\w
        |preparad\w)_
    | \bno_(?:puedo|podemos|va_a_ser_posible|es_posible)[.!]?\s*\Z | \bno_está_permitido_(?:gener
        |proporcion|cre)
    | \bno_(?:me_corresponde|tengo_permi|se_me_permite|me_está_permitido|me_permiten
        |está_permitido_que_yo)
    | \bme_niego_a\b | \bdebo_(?:rechazar|declinar|negarme|abstenerme)\b
        | \btengo_que_(?:rechazar|declinar|negarme)\b | \b(?:prefiero|preferiría)_no_
        | \bme_abstengo\b | \brechazo_(?:esta|tu|su)_(?:solicitud|petición)
    | \b(?:infringe|viola|incumple|vulnera)n?_(?:mis|nuestras|las)_(?:políticas|normas|directrices)
    | \b(?:va|van|iría|está)_(?:en_contra|contra|más_allá|fuera)_de_(?:mis|mi|nuestras
        |las_(?:políticas|normas|directrices))_?
    | \bmis_(?:directrices|políticas|normas|principios|pautas)(?:_\w+)?_(?:me_)?(?:impiden
        |prohíben|no_(?:me_)?permiten)
    | \b(?:eso|esto)_no_es_algo_(?:con_lo_que|en_lo_que|que)_(?:te_|le_)?(?:pueda|puedo|voy|vaya)
    """,
    r"""
      no_(?:puedo|podría)_(?:evitar|esperar|creer|negar|quejarme
          |recomendar\w*[^.!?\n]{0,60}suficiente)
    """,
    r"""
      \b(?:si|cuando|que_digas_que|no_es_que|aunque_diga_que|dijo_que|dijo:|fingir_que
          |imagina_que)_$
    """,
    r"""
      \b(?:aquí_(?:tienes|está|están|te_dejo|hay|va)|a_continuación|los_pasos|paso_1|primero,
          |sigue_estos|puedes_(?:seguir|hacer|usar)|necesitarás|se_hace_así)
    """,
    r"""diagnóstico | tiempo_real | (?:consejo|asesor|orientación|asesoramiento
        |recomendacion)\w*_(?:\w+_)?
        (?:legal|médic|jurídic|financier|fiscal|profesional)""",
    r"\b(?:pero|sin_embargo|no_obstante|en_general|por_lo_general|normalmente)\b",
)
FRENCH = Phrases(
    r"""
      \b(?:je|nous)_(?:ne_|n')(?:vous_|te_|t'|l'|le_|la_|les_|leur_|lui_)?(?:peux|puis|pourrai
          |pourrais|pouvons|saurais|dois|devrais|veux|souhaite|vais|ferai|compte|suis|serai
          |sommes|fournis|donne|donnerai|aiderai|fournirai|partagerai|expliquerai|participerai
          |répondrai|écrirai|me_sens)(?:_(?:malheureusement|vraiment|tout_simplement
          |absolument))?(?:_(?:pas|point|plus|jamais|en_aucun_cas|aucunement))?(?:(?:_(?:en_mesure|autorisée?|capable
          |programmée?|conçue?|habilitée?|disposée?|prête?|à_l'aise|tenu)\b(?:_(?:de|d'|à|pour
          |avec))?)|,?_?(?:_(?:malheureusement|vraiment|simplement))?_?(?:vous_|t'|te_|y_|en_|l'
          |le_|la_|les_|d'|de_|me_|m')*_?(?:aid|assist|fourn|donn|offr|propos|partag|dire
          |expliqu|répond|génér|écri|rédig|cré[eé]|produi|particip|satisf|accéd|procéd
          |faire_(?:cela|ça)|montr|enseign|révél|divulg|décri|discut|parl|continu|soutenir
          |encourag|promouv|communiqu|apport|engag|suiv|ignor|accompagn
          |recommand(?!\w*[^.!?\n]{0,60}\bassez)|conseill|suggér|guid|traiter|aborder
          |permettre)\w*)
    | \b(?:je|nous)_(?:ne_|n')(?:vous_|t')?(?:aiderai|fournirai|donnerai|expliquerai|partagerai
        |participerai|répondrai|écrirai|ferai)_(?:pas|jamais)
    | \b(?:je|nous)_ne_(?:peux|pouvons)_pas[.!]?\s*\Z | \bil_m'est_(?:impossible|interdit)_(?:de|d')
    | \b(?:c'est|ce_sera)_(?:non|hors_de_question)[.!]?\s*\Z
    | \b(?:enfreint|viole|contrevient)\w*_(?:à_|aux_)?(?:mes|nos|les|la)_(?:règles|directives
        |politique|conditions)
    | \bil_(?:ne_m'est|n'est|ne_serait
        |ne_m'est_malheureusement)_(?:malheureusement_)?pas_(?:possible|permis|approprié|éthique
        |acceptable|correct|respectueux|convenable)(?:_ni_\w+|_ou_\w+
        |_et_\w+)?(?:_pour_moi)?_(?:de|d')
    | \bje_(?:refuse|décline|m'abstiens|m'abstiendrai|m'y_refuse|regrette,)\b | \bje_(?:dois|devrai
        |suis_obligée?_de
        |suis_contrainte?_de|préfère|me_vois_dans_l'obligation_de)_(?:refuser|décliner
        |m'abstenir|ne_pas)
    | \b(?:va|vont|irait|est|serait)_(?:à_l'encontre|contraire|en_dehors)_(?:de_|aux?_|à_)(?:mes
        |nos|mon|notre|ma)\b
    | \b(?:mes|nos)_(?:directives|principes|règles|consignes|lignes_directrices)(?:_\w+)?_(?:m'
        |me_|nous_|ne_me_|ne_m')(?:interdi|empêch|permett)
    | \bce_n'est_pas_quelque_chose_(?:que|dont|avec|pour)_
    | \b(?:impossible|pas_possible)_(?:pour_moi_)?de_(?:vous_|t')?(?:aider|fournir|répondre
        |accéder)
    """,
    r"""
      je_ne_(?:peux|saurais|pourrais)_(?:pas_|que_)?(?:m'empêcher|vous_remercier|te_remercier
          |(?:vous_|te_)?(?:le_|la_)?recommander_assez|croire|attendre)
    """,
    r"\b(?:si|quand|lorsque|ce_n'est_pas_que|a_dit_que|dire_que|imaginez_que|prétendre_que)_$",
    r"""
      \b(?:voici|voilà|étape_1|les_étapes|d'abord,|suivez_ces|vous_(?:aurez_besoin
          |pouvez_suivre)|il_vous_faut|ci-dessous)
    """,
    r"""diagnosti[cq] | temps_réel | (?:conseil|avis|recommandation)s?_(?:\w+_)?(?:juridique|médica
        |léga|financier|fiscal|professionnel)""",
    r"\b(?:mais|cependant|toutefois|en_général|en_règle_générale|généralement)\b",
)
GERMAN = Phrases(
    r"""
      \b(?:ich|wir)\b(?P<de1>[^.!?;:\n]{0,60}?)\b(?:kann|können|könnte|darf|dürfen|werde|werden
          |möchte|möchten|will|wollen|sollte)\b[^.!?;:\n]{0,80}?\b(?:nicht|kein\w*|weder|niemals
          |nie)\b[^.!?\n]{0,140}?\b(?:helfen|weiterhelfen|unterstütz\w*|behilflich
          |bereitstell\w*|geben|weitergeben|herausgeben|anbieten|teilen|liefern|sagen|erklären
          |erläutern|beantworten|antworten|generieren|erstellen|schreiben|verfassen|erzeugen
          |mitmachen|teilnehmen|beteiligen|nachkommen|erfüllen|machen|tun|zeigen|verraten
          |offenlegen|preisgeben|beschreiben|diskutieren|besprechen|fortfahren|beraten|anleiten
          |bieten|entsprechen|eingehen|mitteilen|ausführen|zur_verfügung|gutheißen|fördern
          |dienen|nennen|befolgen|ignorieren|erlauben|durchführen)\b
    | \b(?:kann|könnte|darf|werde|möchte|können|dürfen)_(?:ich|wir)\b[^.!?;:\n]{0,60}?\b(?:nicht
        |kein\w*|leider_nicht|weder)\b[^.!?\n]{0,140}?\b(?:helfen|weiterhelfen|unterstütz\w*
        |behilflich|bereitstell\w*|geben|weitergeben|anbieten|teilen|liefern|sagen|erklären
        |beantworten|generieren|erstellen|schreiben|verfassen|nachkommen|erfüllen|machen|tun
        |zeigen|verraten|preisgeben|beschreiben|besprechen|beraten|anleiten|bieten|entsprechen
        |eingehen|mitteilen|zur_verfügung|nennen|ausführen)\b
    | \b(?:dass|da)_ich_[^.!?\n]{0,160}?\b(?:nicht|kein\w*)\b[^.!?\n]{0,200}?\b(?:helfen|geben
        |bereitstellen|anbieten|liefern|erstellen|generieren|beantworten|unterstützen|teilen
        |erklären|schreiben)_(?:kann|darf|werde|möchte)\b
    | \b(?:programmiert|trainiert|angewiesen),_(?:\w+_)?kein\w*_
    | \b(?:ich_)?(?:helfe|gebe|schreibe|erstelle|erkläre|verrate|liefere|beantworte
        |unterstütze)_(?:ich_)?(?:\w+_){0,4}(?:nicht|keine[nr]?|kein)\b
    | \bda[sz]u?_(?:geht|mache_ich|tue_ich)_(?:\w+_)?nicht\b
    | \b(?:es_ist|ist_es)_mir_(?:\w+_)?(?:untersagt|verboten|nicht_gestattet)
    | \bich_(?:bin|wäre|sehe_mich|fühle_mich)_(?:leider_|dazu_|mir_)?nicht_(?:in_der_lage|befugt
        |berechtigt|bereit|dazu_(?:da|gedacht|programmiert|befugt|bereit)|dafür|wohl
        |darauf_ausgelegt|imstande)
    | \bich_(?:muss|werde|möchte)_(?:\w+_){0,5}?(?:ablehnen|verweigern|zurückweisen)
        | \bich_(?:weigere_mich|lehne_(?:\w+_){0,4}ab\b|verweigere) | \bda(?:bei|mit|zu)_(?:kann
            |darf|werde|möchte)_ich_(?:\w+_){0,3}(?:nicht|keine)
    | \bes_(?:ist|wäre)_(?:mir_)?(?:leider_)?nicht_(?:möglich|angemessen|ethisch|akzeptabel
        |richtig|vertretbar|in_ordnung|erlaubt|gestattet|respektvoll)(?:_oder_\w+
        |_und_\w+)?,?_(?:\w+_){0,12}?zu_?\w+
    | \bverstößt_gegen_(?:die|unsere|meine)_(?:\w+_)?(?:\w*richtlinie|\w*regel|\w*bedingung)
    | \b(?:gegen|außerhalb|verstößt_gegen|widerspricht)_(?:meine[rn]?|unsere[rn]?
        |meinen)_(?:\w+_)?(?:richtlinien|grundsätze\w*|prinzipien|programmierung|regeln|werte\w*
        |nutzungs\w+)
    | \bmeine_(?:\w+_)?(?:richtlinien|programmierung|grundsätze|regeln)_(?:verbiet|erlaub|hinder
        |verhinder|untersag)
    """,
    r"""
      (?:ich|wir)_(?:kann|können|könnte)[^.!?\n]{0,50}?nicht_(?:genug|oft_genug|umhin|anders_als
          |glauben|erwarten|abwarten)|(?:ich|wir)_(?:kann|können)[^.!?\n]{0,60}nicht_(?:genug
          |oft_genug|hoch_genug|wärmstens_genug)
    """,
    r"\b(?:wenn|falls|ob|nicht,_dass|als_ob|sagte,|sagt,|dass)_$",
    r"""
      \b(?:hier_(?:ist|sind|findest|finden|kommt)|so_(?:geht|gehst|funktioniert)|schritt_1
          |zuerst|folgende_schritte|du_brauchst|sie_benötigen|befolgen_sie)
    """,
    r"""diagnose | echtzeit | rechtsberatung
        | (?:rechtliche|medizinische|ärztliche|juristische)n?_\w+""",
    r"\b(?:aber|jedoch|allerdings|im_allgemeinen|in_der_regel|grundsätzlich|meist|häufig|oft)\b",
)
PORTUGUESE = Phrases(
    r"""
      \b(?:não|nem)_(?:(?:te|lhe|o|a|me|vos)_)?(?:posso|podemos|poderia|poderei|consigo
          |conseguimos|devo|deveria|quero|vou(?:_poder)?|irei|vamos|pretendo
          |desejo)(?:_\w+mente)?,?_(?:(?:te|lhe|o|a)_)?(?:ajud|auxili|fornec|oferec|dar|compart
          |partilh|dizer|expli[cq]|respond|gerar|escrev|redig|cri[ae]|produz|particip|cumpr
          |atend|prossegu|fazer_(?:isso|isto)|fazê-lo|ensin|mostr|revel|divulg|descrev|discut
          |fal[ae]|continu|realiz|elabor|apoi|promov|incentiv|encoraj|colabor|suger
          |recomend(?!\w*[^.!?\n]{0,60}\bsuficiente|\w*_o_suficiente|\w*_o_bastante)|coment
          |aceit|seguir|ignor|prest|proporcion|facilit|orient|instru|tratar|abord|permit|assist
          |disponibiliz)\w*
    | \bnão_(?:é|seria|me_é|será)_(?:\w+mente_)?(?:possível|apropriado|adequado|ético|correto
        |aceitável|respeitoso|justo|permitido)(?:_nem_\w+|_ou_\w+
        |_e_\w+)?(?:_para_mim)?,?_(?:que_|fornecer|oferecer|dar|compartilhar|discutir|falar
        |responder|ajudar|promover|incentivar|sugerir|dizer|generalizar|fazer|auxiliar|eu_)
    | \bnão_(?:sou|estou|me_sinto|fui|estamos)_(?:\w+mente_)?(?:capaz|autorizad\w|em_condições
        |dispost\w|programad\w|projetad\w|em_posição|confortável|à_vontade|habilitad\w|apt\w
        |preparad\w)
    | \bnão_(?:posso|podemos|consigo|será_possível|é_possível)[.!]?\s*\Z | \b(?:infringe
        |viola)m?_(?:minhas|nossas|as)_(?:políticas|diretrizes|normas|regras)
    | \bnão_(?:tenho_permiss|me_é_permitido|posso_fazer_isso)
    | \b(?:me_recuso|recuso-me|me_nego)_a\b | \b(?:devo|tenho_(?:de|que)|preciso)_(?:recusar
        |declinar|negar|me_abster) | \bprefiro_não_ | \brecuso_(?:este|esse|o_seu|seu)_pedido
    | \b(?:vai|vão|iria|está|viola|fora)_(?:contra_|das?_|d[ao]s_)?(?:as_|os_|a_|o_)?(?:minhas?
        |meus?|nossas)_(?:diretrizes|políticas|princípios|normas|programação|regras|valores
        |capacidades)
    | \bminhas_(?:diretrizes|políticas|normas|regras)(?:_\w+)?_(?:me_)?(?:impedem|proíbem
        |não_(?:me_)?permitem)
    | \bisso_não_é_algo_(?:com_que|em_que|que|com_o_qual)_(?:eu_)?(?:possa|posso|vou|me)
    """,
    r"""
      não_(?:posso|consigo|poderia)_(?:deixar_de|evitar|esperar|acreditar|negar
          |recomendar\w*[^.!?\n]{0,60}(?:suficiente|bastante))
    """,
    r"\b(?:se|quando|não_é_que|disse_que|fingir_que|imagine_que|caso)_(?:eu_)?$",
    r"""
      \b(?:aqui_(?:está|estão|vai|tem|vão)|a_seguir|os_passos|passo_1|primeiro,|siga_(?:estes
          |esses|os)|você_(?:vai_precisar|precisará)|segue_(?:o|a|um|uma|abaixo))
    """,
    r"""diagnóstico | tempo_real | (?:orientação|orientações|conselhos?|aconselhamento|assessoria)
        _(?:\w+_)?(?:médic|jurídic|lega|financeir|fisca|profissiona)""",
    r"\b(?:mas|porém|no_entanto|contudo|em_geral|geralmente|normalmente)\b",
)
ITALIAN = Phrases(
    r"""
      \bnon_(?:(?:ti|le|vi|lo|la|gli|mi)_)?(?:posso|possiamo|potrei|potrò|riesco|devo|dovrei
          |voglio|intendo|desidero|ho_intenzione_di|sono_disposto_a)(?:_\w+mente|_proprio
          |_in_alcun_modo)?,?_(?:né_\w+,?_)?(?:aiut|assist|forni|offri|dare|dart|darl|condivid
          |dire|dirt|spieg|rispond|gener|scriv|redig|cre[ao]|produ|partecip|soddisf|procede
          |far(?:lo|e_(?:questo|ciò|quello))|insegn|mostr|rivel|divulg|descriv|discut|parl
          |continu|esegu|sostener|promuov|incoragg|collabor|sugger
          |consigli(?!\w*[^.!?\n]{0,60}\babbastanza)|raccomand(?!\w*[^.!?\n]{0,60}\babbastanza)
          |comment|accett|seguir|ignor|accogl|supportar|guid|trattar|affront|permett|accontent
          |elabor)\w*
    | \bnon_(?:è|sarebbe|mi_è)_(?:\w+mente_)?(?:possibile|appropriato|etico|corretto|accettabile
        |rispettoso|giusto|consentito|opportuno)(?:_né_\w+|_o_\w+|_e_\w+)?(?:_per_me)?,?_(?:che_
        |fornir|offrir|dare|condivid|discut|parlar|risponder|aiutar|promuov|incoraggi|sugger
        |dire|generalizz|fare|assister)
    | \bnon_(?:sono|mi_sento|siamo)_(?:\w+mente_)?(?:in_grado|autorizzat\w|dispost\w
        |programmat\w|progettat\w|a_mio_agio|abilitat\w|nella_posizione|capace)
    | \bnon_(?:posso|possiamo|è_possibile)[.!]?\s*\Z | \bviola_(?:le|la|i)_(?:mie_|nostre_
        |nostra_)?(?:linee_guida|norme|politic|regole)
    | \bnon_me_la_sento\b | \bnon_(?:mi_è_permesso|mi_è_consentito|ho_il_permesso)
    | \bmi_rifiuto_di\b | \b(?:devo|sono_costrett\w_a|mi_vedo_costrett\w_a)_(?:rifiutare
        |declinare|astenermi|rifiutarmi) | \bpreferisco_non_ | \bpreferirei_non_
        | \brifiuto_(?:questa|la_tua|la_sua)_richiesta
    | \b(?:va|vanno|andrebbe|è|viola)_(?:contro_|al_di_fuori_del?l?e?_|in_contrasto_con_)?(?:le_
        |i_|la_)?(?:mie|miei|mia|nostre)_(?:linee_guida|politiche|principi|norme|programmazione
        |regole|valori)
    | \ble_mie_(?:linee_guida|politiche|regole)(?:_\w+)?_(?:mi_)?(?:impediscono|vietano
        |non_(?:mi_)?(?:permettono|consentono))
    | \bnon_è_qualcosa_(?:che|in_cui|con_cui|per_cui)_
    """,
    r"non_(?:posso|potrei)_(?:fare_a_meno|evitare|credere|aspettare|negare|che_)",
    r"\b(?:se|quando|non_è_che|ha_detto_che|fingere_che|immagina_che)_$",
    r"""
      \b(?:ecco|di_seguito|i_passaggi|passo_1|per_prima_cosa|prima_di_tutto|segui_questi
          |avrai_bisogno|ti_servirà|ti_serviranno)
    """,
    r"""diagnosi | tempo_reale | (?:consulenza|consulenze|consigli|consiglio|pareri
        |parere)_(?:\w+_)?
        (?:legal|medic|giuridic|finanziar|fiscal|professional)""",
    r"\b(?:ma|però|tuttavia|in_genere|in_generale|di_norma|di_solito)\b",
)
JAPANESE = Phrases(
    r"""
      (?:お?手伝い|お答え|回答|答え(?:る)?|提供|対応|お?教え(?:する)?|説明|支援|協力|お応え|案内
          |ご案内|生成|作成|執筆|開示|共有|お話し?|サポート|実行|助言|アドバイス|翻訳|参加|要望
          |ご要望|リクエスト|依頼|ご依頼|ご質問|お力|お役|手助け|紹介|書く|伝え|お伝え|従う|公開
          |指示)[^。！？\n]{0,14}?(?:でき(?:ません|ない|かねます|兼ねます)|(?:いたし|致し|し
          |出来)かねます|(?:こと|事)(?:は|が)?(?:でき|出来)ません|わけにはい(?:きません|かない)
          |られません|れません|えません|しません|行いません|いたしません|控え(?:ます|させ)
          |(?:許可|認め|許|推奨)(?:さ|ら)れて(?:い)?(?:ません|ない)|禁止されて|禁じられて
          |差し控え|お断り|ご遠慮|になれません)
    | お断り(?:し|いた|させ|申し) | (?:応じ|お受け|受け入れ)(?:る(?:こと|わけ)[^。\n]{0,6}|られ
        |でき|)(?:ません|ない|かねます|は(?:でき|い)ません)
    | (?:ポリシー|ガイドライン|規約|方針|倫理)[^。\n]{0,12}(?:反し|反する|違反|許可され
        |認められて)
    | (?:提供|助長|推奨|議論|回答|話|紹介|する)[^。\n]{0,10}(?:の)?は(?:適切|倫理的
        |安全)では(?:ありません|ない)
    """,
    r"(?:おすすめ|お勧め)してもしきれ",
    r"(?:もし|仮に)$",
    r"""
      (?:手順は|以下の(?:手順|通り|方法|とおり)|次の(?:手順|方法)|まず[、,]|ステップ1
          |方法は(?:以下|次))
    """,
    r"(?:診断|(?:法律|法的|医学|医療|税務|投資)(?:的な|上の)?(?:助言|アドバイス|相談|意見))",
    r"(?:ですが|ませんが|ただし|しかし|一般的に|通常)",
)
CHINESE = Phrases(
    r"""
      (?:我|我们|我們|本人|本模型|作为[^，。\n]{0,16}，?我?|抱歉，?|对不起，?|對不起，?
          |很遗憾，?|很遺憾，?)[^，。！？；\n]{0,12}?(?:不能|无法|無法|不会|不會|不可以|不便
          |不愿意?|不願意?|没有办法|沒有辦法|没法|拒绝|拒絕|不得不拒绝|不应该|不應該|不被允许
          |必须拒绝|必須拒絕|不方便)[^。！？，,\n]{0,24}?(?:提供|帮助|幫助|协助|協助|帮(?:你|您
          |到|忙|上)|幫(?:你|您|忙)|回答|解答|回应|回應|告诉|告訴|满足|滿足|生成|撰写|撰寫|写|寫
          |创作|創作|讨论|討論|分享|支持|参与|參與|给(?:你|您|出)|給(?:你|您|出)|执行|執行|解释
          |解釋|说明|說明|教(?:你|您)|透露|泄露|洩露|处理|處理|完成|继续|繼續|配合|扮演
          |推荐(?!.{0,20}够)|鼓励|鼓勵|这样做|這樣做|这么做|遵循|忽略|翻译|给予|為(?:你|您)
          |为(?:你|您))
    | (?:我|我们)(?:必须|不得不|只能|要|选择)?(?:拒绝|拒絕|婉拒)(?!接受失败)
    | (?:违反|違反|违背|不符合|超出)(?:了)?(?:我的|我们的|相关)?[^，。\n]{0,8}?(?:准则|準則|原则
        |原則|政策|规定|規定|指南|道德|范围|範圍)[^。\n]{0,20}(?:我|无法|不能|因此|所以)
    | (?:提供|讨论|討論|分享|鼓励|宣扬|传播|教唆)[^。，\n]{0,20}(?:是)?不(?:合适|恰当|道德|适当
        |合法)的?
    | 恕(?:我)?(?:不能|无法|难|無法|難) | 无可奉告 | 我做不到 | 帮不(?:了|上)(?:你|您|忙)
    | (?:您|你)的(?:请求|問題|问题|要求)(?:违反|违背|不符合|超出)
    """,
    r"""
      (?:我)?(?:不能|无法)(?:不|同意更多|再)|.{0,6}无法用(?:言语|语言)|.{0,4}不能(?:再)?(?:更|太)
    """,
    r"(?:如果|假如|要是|并不是|不是|假装|他说|她说)$",
    r"(?:以下是|步骤如下|具体步骤|方法如下|第一步|首先[，,]|步骤一|下面是|如下[：:])",
    r"(?:诊断|診斷|(?:法律|医疗|医学|投资|财务|税务|专业)(?:方面的)?(?:建议|意见|咨询))",
    r"(?:不过|但是?|然而|一般来说|通常|总的来说)",
)
ALL = {
    "es": SPANISH,
    "fr": FRENCH,
    "de": GERMAN,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "ja": JAPANESE,
    "zh": CHINESE,
}
"""The phrases of each language, by its ISO 639-1 code."""

# Delivering the very thing after all, in any of them: its steps, or how it is done.
RELENTING = r"""
    \b(?:paso|passo|passaggio|étape|schritt)_1\b | ステップ_?[1１] | 第一步 | 步骤一
  | \b(?:aquí_(?:tienes|están|te_dejo)|aqui_(?:está|estão|vão|vai)|ecco|voici|voilà
        |hier_(?:ist|sind))_(?:cómo|los_pasos|la_receta|como|os_passos|a_receita|come|i_passaggi|la_ricetta|comment
            |les_étapes|la_recette|wie|die_schritte|das_rezept|die_anleitung)\b
  | \bso_geht_(?:es|das)\b | 手順は(?:以下|次) | (?:具体)?步骤如下 | 方法如下
"""
