import type { Lexicon } from '../concepts.js';

export const german: Lexicon = {
  language: 'de',
  phrases: {
    ask: `wie kann ich, wie kann man, wie könnte ich, wie mache ich, wie macht man, wie baue ich, wie baut man, wie stelle ich, was ist der beste weg, was ist die beste, beste methode, beste art, schritte, anleitung*, rezept für, erkläre, erklären sie, erklär mir, sag mir wie, zeig mir, hilf mir, wo kann ich, wo kaufe ich, ist es möglich, gib mir, methoden`,
    make: `schreibe, schreib, verfasse, erstelle, erstellen, herstellen, bauen, kaufen, verkaufen, beschaffen, entwickle`,
    evade: `ohne erwischt zu werden, ohne entdeckt zu werden, ohne dass jemand, ohne dass sie, ohne dass er, ohne spuren, keine spuren, unbemerkt, unentdeckt, heimlich, illegal, ungestraft, ohne zustimmung, ohne einwilligung, davonkommen`,
    weapons2: `bombe, bomben, rohrbombe*, sprengstoff*, sprengsatz*, molotowcocktail*, schusswaffe*, chemiewaffe*, chemische waffe*, biowaffe*, biologische waffe*, atombombe*, atomwaffe*, handgranate*, giftgas*, senfgas, sarin, rizin, milzbrand, nervengift*, gewehr*, pistole*, munition, gift, gifte`,
    drugs2: `kokain, heroin, methamphetamin, crystal meth, fentanyl, ecstasy, drogen, drogenhandel, rauschgift, lsd`,
    cyber2: `hacken, hacke, hacker, ransomware, schadsoftware, malware, passwort knacken, passwörter stehlen, daten stehlen, ausspionieren, spionage-software, spyware, trojaner, phishing*, cyberangriff*`,
    fraud2: `betrug, betrüg*, geldwäsche, geld waschen, falschgeld, gefälschte*, fälschen, fälsch*, falsche identität, identitätsdiebstahl, steuerhinterziehung, steuern hinterziehen, erpress*, bestech*, desinformation, falschnachrichten, verschwörungstheorie*, wahlbetrug, wahlen manipulieren`,
    crime2: `auto stehlen, stehlen, einbrechen, einbruch, ausrauben, überfall*, bank ausrauben, ladendiebstahl, entführ*, menschenhandel, schmuggel*, brandstiftung, in brand, ermord*, mord, morden, leiche verschwinden, leiche entsorgen, leiche verstecken, terroris*, anschlag, anschläge, auftragsmörder*, stalken, vergift*, folter*, sklave*, zwangsarbeit, prostituierte*`,
    kill: `töten, tötet, umbringen, umzubringen, erschießen, erstechen, erwürgen, ertränken, ermorden, abstechen`,
    hurt: `verletzen, schlagen, angreifen, verprügeln, vergewaltigen, foltern, belästigen, bedrohen, demütigen, entführen, misshandeln`,
    person: `jemanden, jemand, menschen, person, personen, leute, meine frau, meinen mann, meinen nachbarn, nachbarn, kollegen, meinen chef, kinder, kind, frauen, frau, mann, polizist*`,
    selfharm2: `selbstmord, suizid*, mich umbringen, mich umzubringen, mich töten, mich selbst verletzen, selbst verletzen, selbstverletzung, ritzen, das leben nehmen, mein leben beenden, erhängen, schmerzlos sterben, will sterben, nicht mehr leben`,
    hateful2: `rassistisch*, rassismus, rassist*, antisemit*, fremdenfeindlich*, sexistisch*, homophob*, hass gegen, hassrede, minderwertig*, untermensch*, herrenrasse, nazi*, ausländer raus`,
    group: `juden, muslime, moslems, araber, schwarze, ausländer, flüchtlinge, migranten, homosexuelle, schwule, frauen, zigeuner, türken, afrikaner, chinesen`,
    insult2: `arschloch, arschlöcher, hurensohn, hure, huren, schlampe*, wichser*, fotze*, idiot*, vollidiot*, dummkopf, drecksau, drecks*, missgeburt*, bastard*, scheiß*, verpiss dich, halt die fresse, fick dich`,
    porn2: `pornograf*, porno*, erotische geschichte, erotisch*, sexszene, sexuelle inhalte, nacktbilder, nacktfotos, geschlechtsverkehr, sexuell explizit*`,
    prevent: `verhindern, vorbeug*, prävention, schützen, schutz vor, vermeiden, erkennen, melden, bekämpfen, anzeichen, hilfe für`,
    learn: `was ist, geschichte, definition, warum, folgen von, auswirkungen`,
  },
};

export const dutch: Lexicon = {
  language: 'nl',
  phrases: {
    ask: `hoe kan ik, hoe maak ik, hoe kun je, wat is de beste manier, stappen om, instructies, leg uit hoe, waar kan ik`,
    evade: `zonder betrapt te worden, zonder gepakt te worden, ongemerkt, stiekem, illegaal`,
    weapons2: `een bom, bommen, explosieven, vuurwapen*, chemische wapens, biologische wapens, gifgas, vergif`,
    drugs2: `cocaïne, heroïne, xtc, drugs dealen, drugs maken`,
    crime2: `inbreken, beroven, ontvoer*, mensenhandel, smokkel*, vermoord*, moord plegen, brandstichting, terroris*, witwassen, vervals*, oplicht*, hacken, stelen`,
    kill: `vermoorden, doden, neersteken, wurgen, vergiftigen`,
    person: `iemand, mensen, mijn vrouw, mijn man, mijn buurman, kinderen`,
    selfharm2: `zelfmoord, mezelf doden, mezelf snijden, wil dood`,
    insult2: `klootzak*, kut, hoer, hoeren, kankerlijer*, tering*, mongool, flikker*`,
  },
};

export const russian: Lexicon = {
  language: 'ru',
  phrases: {
    ask: `как мне, как можно, как я могу, как сделать, как лучше, какой лучший способ, какие лучшие, лучший способ, способы, шаги, инструкци*, рецепт*, объясни*, расскажи*, скажи как, покажи, научи*, помоги*, где можно, где купить, можно ли, дай мне`,
    make: `напиши*, написать, создай*, создать, сгенерируй, изготов*, произвести, купить, продать, достать`,
    evade: `не попавшись, не быть пойман*, чтобы не поймали, чтобы меня не поймали, незаметно, тайно, без следов, не оставляя следов, незаконно, нелегально, без согласия, безнаказанно, скрыться от полиции`,
    weapons2: `бомб*, взрывчат*, взрывное устройство, взрывного устройства, коктейль молотова, огнестрельн*, химическое оружие, химического оружия, биологическое оружие, ядерное оружие, гранат*, зарин, рицин, сибирск* язв*, отравляющ*, пистолет*, винтовк*, яд, оружие, оружия`,
    drugs2: `кокаин*, героин*, метамфетамин*, фентанил*, экстази, наркотик*, наркоторгов*, лсд`,
    cyber2: `взлом*, хакер*, вирус-вымогатель, вредоносн*, фишинг*, украсть пароль, украсть данные, шпионск*, шпионить, троян*, кибератак*`,
    fraud2: `мошенни*, обман*, отмыва*, отмыть деньги, фальшив*, поддел*, подделать, кража личности, уклон* от налогов, шантаж*, взятк*, вымога*, дезинформаци*, фейков*, теори* заговора`,
    crime2: `ограб*, украсть, кража, краж*, воров*, взломать дом, похи*, похищ*, торговл* людьми, контрабанд*, поджог*, поджечь, убийств*, убийц*, избавиться от тела, спрятать труп, террор*, теракт*, отрав*, пытк*, пытать, рабств*, проститут*, преследовать`,
    kill: `убить, убей*, убива*, зарезать, задушить, застрелить, утопить, отравить`,
    hurt: `ранить, избить, ударить, напасть, изнасил*, пытать, преследовать, угрожать, унизить, похитить`,
    person: `кого-то, кого-нибудь, человека, людей, человек, люди, жену, мужа, соседа, коллегу, начальника, детей, ребенка, женщин, женщину, полицейск*`,
    selfharm2: `самоубийств*, суицид*, убить себя, покончить с собой, покончить с жизнью, причинить себе вред, самоповрежд*, резать вены, повеситься, хочу умереть, не хочу жить`,
    hateful2: `расист*, расизм*, антисемит*, ксенофоб*, сексист*, гомофоб*, ненависть к, низшая раса, высшая раса, нацис*`,
    group: `евреи, евреев, мусульман*, арабы, негр*, мигрант*, беженц*, гомосексуал*, геев, женщин*, цыган*, кавказц*, чеченц*, таджик*`,
    insult2: `сука, суки, блядь, бляд*, шлюх*, пидор*, пидар*, урод*, идиот*, дебил*, ублюд*, мраз*, тварь, твари, мудак*, дурак, тупой, тупая, ничтожеств*, заткнись, пошел на, свинья, свиньи`,
    porn2: `порно*, эротическ*, сексуальн* контент, секс, сексуальн* сцен*, голые фото, обнаженн*`,
    prevent: `предотврат*, предупре*, защит*, избежать, обнаруж*, сообщить, борьба с, бороться, признаки, помочь жертв*`,
    learn: `что такое, история, определение, почему, последствия`,
  },
};

export const polish: Lexicon = {
  language: 'pl',
  phrases: {
    ask: `jak mogę, jak zrobić, jak można, najlepszy sposób, instrukcj*, wyjaśnij, gdzie kupić`,
    evade: `nie dając się złapać, niezauważenie, potajemnie, nielegalnie, bez śladów`,
    weapons2: `bomb*, materiały wybuchowe, ładunek wybuchowy, broń palna, broń chemiczn*, trucizn*`,
    drugs2: `kokain*, heroin*, metamfetamin*, narkotyk*`,
    crime2: `włama*, okraść, ukraść, porwa*, morderstw*, terroryst*, podpal*, przemyt*, oszust*, szantaż*, fałszyw* pieniądze, zhakować, hakowa*`,
    kill: `zabić, zamordować, otruć, udusić`,
    person: `kogoś, ludzi, żonę, męża, sąsiada, dzieci, człowieka`,
    selfharm2: `samobójstw*, zabić się, okaleczać się, chcę umrzeć`,
    insult2: `kurwa, kurwy, skurwysyn*, chuj, suka, debil*, idiot*, pedał*, dziwka`,
  },
};
