"""A thousand captions of ours, in English and German, and what each is about.

Each subject has phrases by hand, with its words in several forms and beside words that only look alike (art in start,
Ei in ein). A frame around a phrase says nothing about it. What a caption is about is known from its phrase alone.
"""

import dataclasses
import random
from typing import Final

COUNT: Final = 1000


@dataclasses.dataclass(frozen=True, slots=True)
class Caption:
    """A caption, what it is about, and in which language."""

    text: str
    subject: str
    language: str


FRAMES: Final = {
    "en": (
        "{}",
        "{} … what do you think?",
        "{} 😂 wait for the end",
        "Day three: {}",
        "{} #fyp #new",
        "POV: {}",
        "{} — part two tomorrow",
    ),
    "de": (
        "{}",
        "{} … was meint ihr?",
        "{} 😂 wartet auf das Ende",
        "Tag drei: {}",
        "{} #fyp #neu",
        "Wenn es klappt: {}",
        "{} — Teil zwei morgen",
    ),
}
# subject → English phrases, German phrases
SUBJECTS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "dance": (
        ("dancing in the kitchen again", "we danced until midnight", "my first dance class #dance", "two dancers, one umbrella", "how she dances the charleston"),
        ("wir tanzen in der Küche", "getanzt bis Mitternacht", "mein erster Tanzkurs #tanz", "zwei Tänzer, ein Schirm", "so tanzt man Charleston"),
    ),
    "juggling": (
        ("juggling five clubs", "he juggles with fire", "learn to juggle in a week #juggling", "a juggler on stilts", "we juggled oranges at the market"),
        ("Jonglieren mit fünf Keulen", "er jongliert mit Feuer", "jonglieren lernen in einer Woche #jonglieren", "ein Jongleur auf Stelzen", "wir jonglierten Orangen auf dem Markt"),
    ),
    "baking bread": (
        ("baking sourdough bread at home", "my bread never rises", "we baked rolls before sunrise #baking", "a baker shows her oven", "breads of the whole world"),
        ("Sauerteigbrot backen zu Hause", "mein Brot geht nie auf", "wir backten Brötchen vor Sonnenaufgang #backen", "eine Bäckerin zeigt ihren Ofen", "Brote aus aller Welt"),
    ),
    "houses": (
        ("building a tiny house", "houses on stilts by the lake", "we built our house from straw #tinyhouse", "the oldest house in town", "house tour with creaking stairs"),
        ("ein kleines Haus bauen", "Häuser auf Stelzen am See", "wir bauten unser Haus aus Stroh #tinyhouse", "das älteste Haus der Stadt", "Führung durch ein Häuschen"),
    ),
    "cats": (
        ("my cat hates Mondays", "three cats and one box", "a kitten discovers snow #cat", "cat versus cucumber", "the laziest cats alive"),
        ("meine Katze hasst Montage", "drei Katzen und eine Kiste", "ein Kätzchen entdeckt Schnee #katze", "Katze gegen Gurke", "die faulsten Katzen der Welt"),
    ),
    "dogs": (
        ("teaching an old dog new tricks", "dogs who swim better than I do", "puppy training, lesson one #dog", "our dog steals socks again", "walking nine dogs at once"),
        ("ein alter Hund lernt neue Tricks", "Hunde, die besser schwimmen als ich", "Welpenschule, Stunde eins #hund", "unser Hund klaut wieder Socken", "neun Hunde auf einmal ausführen"),
    ),
    "guitar": (
        ("guitar lesson for beginners", "tuning my grandfather's guitars", "playing guitar with one hand #guitar", "a guitarist on the subway", "cheap guitar, great sound"),
        ("Gitarrenstunde für Anfänger", "die Gitarren meines Großvaters gestimmt", "Gitarre spielen mit einer Hand #gitarre", "ein Gitarrist in der U-Bahn", "billige Gitarre, toller Klang"),
    ),
    "street music": (
        ("street music in the rain", "a street musician plays Bach", "busking on a Sunday #streetmusic", "musicians fill the whole street", "the violin on our street corner"),
        ("Straßenmusik im Regen", "ein Straßenmusiker spielt Bach", "auf der Straße musizieren #strassenmusik", "Musiker füllen die ganze Straße", "die Geige an unserer Straßenecke"),
    ),
    "eggs": (
        ("the perfect egg in six minutes", "poached eggs without fear", "dyeing eggs with onion skins #eggs", "an egg drop from the roof", "scrambled eggs for forty people"),
        ("das perfekte Ei in sechs Minuten", "pochierte Eier ohne Angst", "Eier färben mit Zwiebelschalen #eier", "ein Ei fällt vom Dach", "Rührei für vierzig Leute"),
    ),
    "art": (
        ("art from old bottles", "an artist paints with coffee", "street arts festival #art", "modern art explained badly", "the art of doing nothing"),
        ("Kunst aus alten Flaschen", "eine Künstlerin malt mit Kaffee", "Festival der Straßenkünste #kunst", "moderne Kunst, schlecht erklärt", "die Kunst des Nichtstuns"),
    ),
    "start up": (
        ("we start a party without guests", "starting over at forty", "the smartest way to start a fire", "partly started, never finished", "restarting the old laptop"),
        ("wir starten eine Feier ohne Gäste", "mit vierzig neu anfangen", "ein Feuer richtig anzünden", "angefangen und nie fertig", "den alten Rechner neu starten"),
    ),
    "weddings": (
        ("a wedding on a ferry", "the bride arrives by tractor", "weddings gone wrong #wedding", "two brides, one cake", "he sang at our wedding"),
        ("eine Hochzeit auf der Fähre", "die Braut kommt mit dem Traktor", "Hochzeiten, die schiefgingen #hochzeit", "zwei Bräute, eine Torte", "er sang auf unserer Hochzeit"),
    ),
    "bike rides": (
        ("a bike ride across the alps", "riding my bike to work in winter", "fixing a flat tyre #cycling", "cyclists race the tram", "old bikes get a second life"),
        ("eine Radtour über die Alpen", "im Winter mit dem Fahrrad zur Arbeit", "einen Platten flicken #radfahren", "Radfahrer gegen die Straßenbahn", "alte Fahrräder leben noch einmal"),
    ),
    "running": (
        ("running my first marathon", "she runs every morning at five", "a runner's breakfast #running", "we ran up four hundred stairs", "shoes for a long run"),
        ("mein erster Marathonlauf", "sie läuft jeden Morgen um fünf", "Frühstück für Läufer #laufen", "wir liefen vierhundert Stufen hinauf", "Schuhe für lange Läufe"),
    ),
    "swimming": (
        ("swimming in an icy lake", "he swam across the bay", "swimmers at sunrise #swimming", "learning to swim at seventy", "the pool is closed, we swim anyway"),
        ("Schwimmen im eiskalten See", "er schwamm durch die Bucht", "Schwimmer bei Sonnenaufgang #schwimmen", "mit siebzig schwimmen lernen", "das Bad ist zu, wir schwimmen trotzdem"),
    ),
    "magic": (
        ("a magic trick with three coins", "magicians never tell", "the magician's rabbit goes on strike #magic", "card magic for the bus", "my magical grandmother"),
        ("ein Zaubertrick mit drei Münzen", "Zauberer verraten nichts", "das Kaninchen des Zauberers streikt #zaubern", "Kartenzauber für den Bus", "meine zauberhafte Oma"),
    ),
    "cheese": (
        ("making cheese in a cave", "cheeses ranked by smell", "the cheesiest toast alive #cheese", "a cheesemaker and her goats", "cutting a giant wheel of cheese"),
        ("Käse machen in einer Höhle", "Käsesorten nach Geruch sortiert", "der käsigste Toast der Welt #kaese", "eine Käserin und ihre Ziegen", "einen riesigen Käselaib anschneiden"),
    ),
    "crème brûlée": (
        ("crème brûlée with a blowtorch", "my crème brûlée cracked", "crèmes from the whole of France #dessert", "how thin the caramel may be", "brûlée at three in the morning"),
        ("Crème brûlée mit dem Bunsenbrenner", "meine Crème brûlée ist gerissen", "Cremes aus ganz Frankreich #nachtisch", "wie dünn das Karamell sein darf", "Brûlée um drei Uhr morgens"),
    ),
    "pumpkin": (
        ("pumpkin soup for the whole street", "carving pumpkins with a drill", "a pumpkin heavier than me #pumpkin", "pumpkin seeds, roasted", "what to do with leftover pumpkins"),
        ("Kürbissuppe für die ganze Straße", "Kürbisse schnitzen mit der Bohrmaschine", "ein Kürbis, schwerer als ich #kuerbis", "geröstete Kürbiskerne", "was tun mit übrigen Kürbissen"),
    ),
    "trains": (
        ("a model train through the garden", "trains that never come on time", "night train to Vienna #train", "the last steam train of the valley", "training to be an engine driver"),
        ("eine Modelleisenbahn durch den Garten", "Züge, die nie pünktlich kommen", "Nachtzug nach Wien #zug", "der letzte Dampfzug im Tal", "Ausbildung zum Lokführer"),
    ),
    "gym": (
        ("training legs, crying stairs", "a workout without equipment", "workouts for tired parents #workout", "my trainer laughed at me", "strong arms in thirty days"),
        ("Beintraining und dann Treppen", "ein Training ohne Geräte", "Trainings für müde Eltern #training", "meine Trainerin lachte mich aus", "starke Arme in dreißig Tagen"),
    ),
    "plants": (
        ("repotting my monstera", "plants that survive me", "watering plants while on holiday #plants", "a plant grows through the wall", "planting trees with the school"),
        ("meine Monstera umtopfen", "Pflanzen, die mich überleben", "Pflanzen gießen im Urlaub #pflanzen", "eine Pflanze wächst durch die Wand", "Bäume pflanzen mit der Schule"),
    ),
    "bees": (
        ("a beekeeper without gloves", "bees move into our roof", "honey, straight from the hive #bees", "the queen bee is back", "saving a tired bee with sugar"),
        ("ein Imker ohne Handschuhe", "Bienen ziehen in unser Dach", "Honig direkt aus dem Stock #bienen", "die Bienenkönigin ist zurück", "eine müde Biene mit Zucker retten"),
    ),
    "birds": (
        ("birdwatching with my aunt", "birds that imitate phones", "a bird built its nest in my hat #birds", "feeding birds in winter", "the earliest bird of them all"),
        ("Vögel beobachten mit meiner Tante", "Vögel, die Telefone nachmachen", "ein Vogel nistet in meinem Hut #voegel", "Vögel füttern im Winter", "der früheste Vogel von allen"),
    ),
    "school": (
        ("last day of school", "schools without homework", "my teacher raps the periodic table #school", "what teachers do in summer", "a schoolbag weighs more than me"),
        ("der letzte Schultag", "Schulen ohne Hausaufgaben", "mein Lehrer rappt das Periodensystem #schule", "was Lehrer im Sommer machen", "ein Schulranzen wiegt mehr als ich"),
    ),
    "maths": (
        ("maths with pizza slices", "a mathematician folds paper", "mathematics is a language #maths", "the sum that broke the internet", "adding fractions without tears"),
        ("Mathe mit Pizzastücken", "ein Mathematiker faltet Papier", "Mathematik ist eine Sprache #mathe", "die Summe, die alle verwirrt", "Brüche addieren ohne Tränen"),
    ),
    "drawing": (
        ("drawing hands is hard", "she draws faces in a minute", "my drawings from 2010 #drawing", "drawn with the left hand", "how to draw a horse"),
        ("Hände zeichnen ist schwer", "sie zeichnet Gesichter in einer Minute", "meine Zeichnungen von 2010 #zeichnen", "gezeichnet mit der linken Hand", "wie man ein Pferd zeichnet"),
    ),
    "coffee": (
        ("coffee at the end of the world", "ranking coffees by regret", "a barista pours a swan #coffee", "cold coffee, warm heart", "roasting beans on the balcony"),
        ("Kaffee am Ende der Welt", "Kaffees nach Reue sortiert", "eine Barista gießt einen Schwan #kaffee", "kalter Kaffee, warmes Herz", "Bohnen rösten auf dem Balkon"),
    ),
    "knitting": (
        ("knitting a scarf for a tree", "she knits on roller coasters", "my knitted lamp #knitting", "knitters against the cold", "how to knit socks"),
        ("einen Schal für einen Baum stricken", "sie strickt in der Achterbahn", "meine gestrickte Lampe #stricken", "Stricken gegen die Kälte", "wie man Socken strickt"),
    ),
    "jokes": (
        ("the worst joke of the day", "jokes my dad tells twice", "joking with a poker face #jokes", "a joker in every class", "he joked about his own nose"),
        ("der schlechteste Witz des Tages", "Witze, die Papa zweimal erzählt", "witzig mit Pokerface #witze", "ein Witzbold in jeder Klasse", "er machte Witze über seine Nase"),
    ),
    "snow": (
        ("building a snowman with a tie", "it snowed in the desert", "snowboarding off the garage #snow", "snowy mornings in the city", "shovelling snow for the neighbours"),
        ("einen Schneemann mit Krawatte bauen", "es schneite in der Wüste", "Snowboard von der Garage #schnee", "verschneite Morgen in der Stadt", "Schnee schippen für die Nachbarn"),
    ),
    "cleaning": (
        ("cleaning the oven after years", "he cleaned windows on the 40th floor", "clean desk, clean mind #cleaning", "the cleaner who sings opera", "cleans everything: vinegar"),
        ("den Ofen nach Jahren putzen", "er putzte Fenster im 40. Stock", "geputzter Tisch, klarer Kopf #putzen", "die Putzfrau, die Opern singt", "putzt alles: Essig"),
    ),
    "robots": (
        ("my robot vacuum ate a sock", "robots learn to fold shirts", "building a robot from scrap #robot", "a robotic arm plays chess", "robot dance battle"),
        ("mein Saugroboter frisst Socken", "Roboter lernen Hemden falten", "einen Roboter aus Schrott bauen #roboter", "ein Roboterarm spielt Schach", "Tanzduell der Roboter"),
    ),
    "chess": (
        ("chess in the park at noon", "a chess player aged six", "checkmate in three #chess", "playing chess against strangers", "the loudest chess club"),
        ("Schach im Park am Mittag", "ein Schachspieler von sechs Jahren", "matt in drei Zügen #schach", "gegen Fremde Schach spielen", "der lauteste Schachklub"),
    ),
    "fries": (
        ("fries in duck fat", "frying potatoes twice", "the crispiest fries #fries", "fried potato peel", "who fries at midnight"),
        ("Pommes in Entenfett", "Kartoffeln zweimal frittieren", "die knusprigsten Pommes #pommes", "frittierte Kartoffelschalen", "wer frittiert um Mitternacht"),
    ),
    "news": (
        ("the news in forty seconds", "good news only", "a newsreader loses the text #news", "what newspapers smell like", "news from my village"),
        ("die Nachrichten in vierzig Sekunden", "nur gute Nachrichten", "eine Sprecherin verliert den Text #nachrichten", "wie Zeitungen riechen", "eine Nachricht aus meinem Dorf"),
    ),
}  # fmt: skip


def captions(seed: int = 6) -> list[Caption]:
    """The same thousand captions every time."""
    dice = random.Random(seed)
    made = [
        Caption(frame.format(phrase), subject, language)
        for subject, phrases in SUBJECTS.items()
        for language, said in zip(("en", "de"), phrases, strict=True)
        for phrase in said
        for frame in dice.sample(FRAMES[language], 3)
    ]
    dice.shuffle(made)
    return made[:COUNT]
