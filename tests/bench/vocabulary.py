"""The words that generated people are made of. All fictional; first letters cover the alphabet."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words(
    """
    Aaron Abigail Adam Ade Adriana Ahmed Aiko Alan Alba Alice Amara Amir Ana André Anja Arjun Astrid
    Ayşe Bao Beatriz Ben Bianca Björn Boris Brenda Bruno Caleb Camille Carla Cédric Chiara Chen
    Chloe Clara Colin Cyrus Dalia Daniel Daria David Deepa Diego Dina Dominic Duc Edith Edgar Elena
    Eli Elif Emeka Emil Emma Esther Evan Fabian Farah Fatima Felix Fiona Florian Freya Frida Gabriel
    Gemma George Gita Giulia Goran Grace Gustav Hana Hannah Haruki Hassan Heidi Helena Henrik Hugo
    Ian Ibrahim Ida Igor Imani Ines Ingrid Isaac Ivana Jack Jakob James Jamila Jana Jane Jasmine
    Javier Jin Joanna João Jonas José Judith Julia Kai Karim Karin Katya Keiko Kenji Kwame Kyra
    Laila Lars Laura Leila Leo Lev Liam Lina Lucía Luis Magda Mahmoud Malik Mara Marco Marta Mateo
    Maya Mei Mia Milan Minh Nadia Naomi Natalia Nia Nico Nikolai Nils Noor Octavia Odile Olga Oliver
    Omar Oscar Otto Pablo Padma Paola Patrick Paula Pedro Petra Priya Qasim Quentin Quinn Rafael
    Rahul Rania Rasmus Renée Ricardo Rosa Ruben Ruth Sadia Sam Sanjay Sara Selma Sergei Silvia Simon
    Sofia Søren Stella Sven Tamar Tariq Tatiana Teresa Theo Tim Tomás Tove Ulrike Umar Ursula
    Valeria Vera Victor Vikram Viola Walid Wanda Wei Wendy William Xavier Xenia Ximena Yara Yasmin
    Yannick Yuki Yusuf Yves Zahra Zoë Zofia Zuri
    """
)

FAMILY = _words(
    """
    Abbott Achebe Adeyemi Aguilar Ahlberg Aksoy Albrecht Alvarez Amsel Andersen Antoniou Aoki Arnaud
    Asante Baker Banerjee Barbieri Barros Bauer Becker Beltrán Berg Bianchi Blake Bloom Boateng
    Bondarenko Borg Brandt Brennan Brook Burgess Byrne Cabrera Calder Carvalho Castellano Chandra
    Chavez Chowdhury Christou Clarke Cohen Conti Cooper Correia Costa Cruz Dahl Dalton Das Delgado
    Demir Desai Dietrich Dimitrov Doe Dolan Dubois Duarte Dvorak Eastwood Eberle Egger Ekström
    Eriksen Esposito Estrada Evans Fairchild Falk Farouk Faure Ferrari Fischer Fontaine Forsberg
    Foster Franco Fujita Gallagher Garg Garnier Gauthier Geller Ghosh Gibson Gomes Gonzalo Goodwin
    Graf Greco Grieg Gruber Guerra Gupta Haas Haddad Hagen Hakimi Halvorsen Hamid Hansen Harper
    Hartmann Hashimoto Hayes Heller Herrera Hoang Hofer Holm Horvath Huang Hussein Ibáñez Idris
    Iglesias Ilic Imamura Ionescu Irving Ishikawa Ivanov Jackson Jaramillo Jansen Jensen Johansson
    Joshi Jung Kaminski Kapoor Karlsson Kato Kaur Keller Kennedy Khan Kim Klein Kovacs Kowalski
    Kramer Kruger Kumar Laine Lam Lambert Lang Larsen Laurent Lee Lehmann Leroy Levy Lind Lombardi
    Lopes Lund Ma Macedo Madsen Maier Malhotra Mancini Marchetti Marin Marsh Martins Mbeki Medina
    Mehta Melo Mendes Meyer Mikkelsen Moreau Moretti Morris Mueller Murphy Nair Nakamura Navarro
    Nawaz Ndiaye Nesbitt Neumann Nguyen Nielsen Nkosi Noble Novak Nunes Obi Ochoa Odell Okafor Olsen
    Omondi Onishi Ortega Osman Otieno Owens Özdemir Pacheco Palmer Papadakis Park Patel Pavlov
    Peeters Pereira Petersen Pham Pinto Popescu Prasad Quist Radic Ramos Rao Rasmussen Reyes Ricci
    Riedel Rivera Rojas Romano Rossi Roth Ruiz Russo Ryan Saito Salazar Salvi Santos Sato Schmidt
    Schneider Serrano Shah Sharma Silva Simmons Singh Sjöberg Soares Sokolov Sousa Stein Stone
    Strand Suzuki Svoboda Tanaka Teixeira Tesfaye Thomsen Toth Tran Tremblay Turner Ueda Ullah Unger
    Vance Vargas Vasquez Vega Vidal Vogel Volkov Wagner Walker Wallace Wang Ward Weber Weiss Werner
    Wolff Wong Wright Xu Yamada Yang Yilmaz Young Zamora Zhang Ziegler Zhou
    """
)

COMPANIES = (
    "Globex", "Initech", "Acme Robotics", "Northwind", "Contoso Health", "Fabrikam", "Umbra Labs",
    "Stone & Finch", "Helio Energy", "Blue Harbor", "Tidewater Logistics", "Nimbus Cloud",
    "Larkspur Media", "Quarry Capital", "Orchard Foods", "Kestrel Aerospace", "Meridian Bank",
    "Saffron Studio", "Polar Freight", "Cobalt Security", "Juniper Clinics", "Atlas Mapping",
    "Ember Games", "Violet Pharma", "Old Mill Press", "University of Lund", "City of Porto",
    "Free Code Institute", "Riverside School", "self-employed",
)  # fmt: skip

TITLES = (
    "Head of Robotics", "Software engineer", "Product manager", "Designer", "Data scientist",
    "Recruiter", "Research fellow", "Partner", "Founder", "Nurse", "Teacher", "Staff engineer",
    "Account manager", "Director of Operations", "Technical writer", "Sales lead", "Journalist",
    "Analyst", "Architect", "CFO",
)  # fmt: skip

PLACES = (
    "Berlin", "London", "Lisbon", "Zürich", "New York", "Toronto", "Nairobi", "Singapore", "Warsaw",
    "São Paulo", "Copenhagen", "Austin", "Tokyo", "Melbourne", "Istanbul", "Remote",
)  # fmt: skip

RELATIONSHIPS = (
    "colleague", "former-colleague", "client", "alumni", "friend", "recruiter", "former-manager",
    "mentor", "mentee", "family", "vendor", "neighbour",
)  # fmt: skip

NETWORKS = (
    "LinkedIn", "university", "PyCon", "chess club", "open source", "Meetup", "work", "conference",
    "parents",
)  # fmt: skip
EVENTS = (
    "PyCon 2024", "Hannover Messe 2023", "FOSDEM 2025", "a dinner at Sam's", "the alumni day",
    "EuroPython 2022",
)  # fmt: skip
GOALS = ("move into robotics", "find a co-founder", "speak at a conference", "learn to sell")
TAGS = (
    "python", "hiring", "investor", "speaker", "berlin", "newsletter", "board", "volunteer",
    "press",
)  # fmt: skip

# Early words are picked far more often than late ones: "falconry" is what a search looks for.
INTERESTS = (
    "robotics", "running", "cooking", "chess", "jazz", "climbing", "photography", "open source",
    "cycling", "gardening", "history", "science fiction", "sailing", "education", "choir",
    "football", "pottery", "astronomy", "beer brewing", "urban planning", "bird watching",
    "woodwork", "beekeeping", "fencing", "falconry",
)  # fmt: skip
NEEDS = (
    "a data engineer", "a tenancy lawyer in Berlin", "an introduction to investors",
    "speakers for a meetup", "feedback on a pitch", "a flat in Lisbon", "beta testers",
    "a maths tutor", "a freelance designer", "a co-founder with sales experience",
)  # fmt: skip
OFFERS = (
    "data engineering", "legal advice", "introductions to investors", "public speaking",
    "pitch feedback", "rooms for events", "user testing", "maths tutoring", "graphic design",
    "hiring advice",
)  # fmt: skip

TOPICS = (
    "the new job", "the move", "hiring plans", "the quarterly numbers", "the children",
    "a referral", "the roadmap", "the reorganisation", "holiday plans", "the conference talk",
    "a book on habits", "the grant proposal", "running the marathon", "the gripper demo",
    "a paper on motion planning", "the flat hunt", "the pilot project", "their sister's wedding",
    "the budget round", "the course on sales", "old colleagues", "the open source release",
    "the board meeting", "a bug in the importer", "the sabbatical", "an article about batteries",
    "the new office", "visa trouble", "the podcast", "a house with a garden", "the merger",
    "the job offer from abroad",
)  # fmt: skip

# Per channel: the direction words it may carry (the default is left out of the text) and how its text opens.
CHANNELS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "email": (
        ("", "out", "in", "in", "both"),
        ("asked about", "wrote about", "sent an article on", "news of"),
    ),
    "message": (("", "in", "both", "both"), ("short chat on", "a question about", "a photo and", "wrote of")),
    "call": (("", "", "", "in"), ("caught up on", "long talk about", "worried about", "happy about")),
    "coffee": (("",), ("talked about", "laughed about", "heard all of", "compared notes on")),
    "lunch": (("",), ("told me of", "talked about", "made plans for")),
    "meeting": (("",), ("went through", "decided on", "open points of")),
    "video": (("",), ("walked through", "caught up on", "helped with")),
    "linkedin": (("", "out", "in"), ("liked a post on", "congratulated on", "wrote about")),
    "event": (("",), ("ran into each other, spoke of", "sat together, talked about")),
    "card": (("",), ("wished well for", "thanks for")),
}
CHANNEL_MIX = (
    *("email",) * 7, *("message",) * 5, *("call",) * 4, *("coffee",) * 3, *("lunch",) * 2, *("meeting",) * 2,
    *("video",) * 2, *("linkedin",) * 2, "event", "card",
)  # fmt: skip
KINDS = (
    "thanks", "checkin", "checkin", "congrats", "news", "gave", "gave", "asked", "helped", "intro",
    "outcome",
)  # fmt: skip

PROMISES = (
    "Send the hiring plan", "Introduce to Sam", "Share the slides", "Return the book",
    "Review the draft", "Ask about the venue", "Send photos", "Forward the job posting",
    "Book a table",
)  # fmt: skip

SENTENCES = (
    "Speaks fast, thinks faster, and answers email on Sunday evenings.",
    "Moved twice in three years and misses the old neighbourhood.",
    "Knows everyone who ever worked on the warehouse project.",
    "Prefers a walk to a coffee, and a coffee to a video call.",
    "Was the first to try the prototype; kept the broken one on the desk.",
    "Wants to write a book one day, about how small teams decide.",
    "Has two cats, a half-restored boat and a strong view on tabs.",
    "Reads the news on paper and sends clippings by post.",
    "Left the last company on good terms and would go back as an adviser.",
    "Asks good questions; best met in the morning.",
    "Keeps a list of restaurants by street, and sends it to whoever asks.",
    "Worked nights for years and still calls late.",
    "Thinks in drawings: bring paper.",
    "Never forgets a favour, in either direction.",
    "Was in the room when the merger fell through and tells it well.",
    "Grew up on a farm; fixes everything with wire.",
    "Would rather mentor than manage, and says so.",
    "Changed careers at forty and recommends it.",
    "Runs a reading group on the first Monday of the month.",
    "Likes short messages with one question in them.",
    "Hosts a summer party to which half the town comes.",
    "Speaks four languages, swears in a fifth.",
    "Used to play in a band that was nearly famous.",
    "Has opinions on fonts, bridges and bread.",
    "Takes the train everywhere and knows the timetables.",
    "Met the current partner at one of our workshops.",
    "Keeps every promise, which is why there are few of them.",
    "Looks for a quieter job, but not yet.",
    "Once lent us a van for a whole week.",
    "Writes letters by hand; an answer should be, too.",
    "Teaches evening classes and looks out for talent.",
)  # fmt: skip
