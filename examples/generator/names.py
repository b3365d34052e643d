"""Given names, family names and short forms that the made-up people are put together from."""

from __future__ import annotations

__all__ = ["FAMILY", "GIVEN", "SHORT_FORMS"]

# Common names of many cultures; given and family names are combined at random, so nobody in particular is meant.
GIVEN: tuple[str, ...] = tuple(
    """
    Abena Adaeze Aditi Aisha Aiko Alejandra Alexander Amara Amina Ana Anders Andrew Anjali Antonio Aoife Arjun Astrid
    Ayşe Beatriz Benjamin Björn Bongani Callum Camila Carlos Carmen Catherine Chen Chidi Christopher Clara Cláudia
    Daniel David Dewi Diego Edward Efua Eilidh Elena Elizabeth Emeka Emma Esther Fatima Fiona Francisco Gabriela Grace
    Hana Hannah Haruto Helena Henrik Hugo Ibrahim Ines Ingrid Isabel Jacob James Jennifer Jia João Jorge José Joseph
    Joyce Kamau Katarína Katherine Kavita Kofi Lars Laura Leila Léa Lindiwe Lucía Luís Maeve Mai Malik Manuel Margaret
    María Mariam Matteo Matthew Mei Michael Miguel Minh Mohammed Nadia Naledi Neha Ngozi Nia Nicholas Noor Oluwaseun
    Omar Patricia Patrick Pedro Peter Priya Rachel Rafael Rania Ravi Rebecca Renée Richard Robert Rosa Samuel Sana Sean
    Siobhán Sofía Søren Stephen Susan Tariq Teresa Thabo Thomas Timothy Tuan Valentina Victoria Wanjiru Wei William
    Yasmin Yuki Zanele Zoë
    """.split()
)

FAMILY: tuple[str, ...] = tuple(
    """
    Abbott Abebe Acheampong Adeyemi Ahmed Almeida Andersen Ansah Aquino Baker Banda Barros Becker Bello Bennett Berg
    Bianchi Boateng Brennan Brooks Campbell Cardoso Castillo Chanda Chaudhary Cohen Costa Cruz Dahl Danso Das Davies
    Delgado Desai Diallo Dlamini Dubois Duarte Eriksen Espinoza Evans Farah Fernández Ferreira Fischer Fraser Fuentes
    Gallagher García Ghosh Gomes González Graham Grant Greene Guerrero Gutiérrez Haddad Hansen Harper Hashimoto Hassan
    Hayashi Hernández Hoffmann Holm Hughes Hussain Ibáñez Iyer Jansen Jensen Joshi Kamara Kang Kapoor Keller Khan
    Khumalo Kimani Kone Kovač Kumar Lambert Larsen Laurent Leclerc Lim Lindqvist López MacLeod Mahlangu Maina Martínez
    Mbeki Medina Mehta Mensah Mendes Mishra Mokoena Molina Moreau Morgan Müller Murphy Mwangi Nair Ndlovu Nguyễn Nielsen
    Njoroge Novak Nunes Nyambura Ochieng Okafor Okeke Oliveira Olsen Omondi Osei Otieno Owens Park Patel Peña Pereira
    Petrov Pham Pinto Quinn Rahman Ramírez Rao Reddy Reyes Ribeiro Rivera Rojas Romero Rossi Sánchez Santos Sato Schmidt
    Sharma Shaw Silva Singh Sithole Soares Suzuki Takahashi Tan Teixeira Torres Tran Tshabalala Underwood Vargas Vega
    Virtanen Walsh Wambui Weber White Wong Yamamoto Demir Young Zhang Zulu
    """.split()
)

# Short forms that colleagues use; only such as are widely known, since rosters write them beside the same address.
SHORT_FORMS: dict[str, str] = {
    "Alexander": "Alex",
    "Andrew": "Andy",
    "Benjamin": "Ben",
    "Catherine": "Cathy",
    "Christopher": "Chris",
    "Daniel": "Dan",
    "David": "Dave",
    "Edward": "Ed",
    "Elizabeth": "Liz",
    "Jacob": "Jake",
    "James": "Jim",
    "Jennifer": "Jen",
    "Joseph": "Joe",
    "Katherine": "Kate",
    "Margaret": "Maggie",
    "Matthew": "Matt",
    "Michael": "Mike",
    "Nicholas": "Nick",
    "Patricia": "Pat",
    "Patrick": "Pat",
    "Peter": "Pete",
    "Rebecca": "Becky",
    "Richard": "Rick",
    "Robert": "Bob",
    "Samuel": "Sam",
    "Stephen": "Steve",
    "Susan": "Sue",
    "Thomas": "Tom",
    "Timothy": "Tim",
    "Victoria": "Vicky",
    "William": "Bill",
}
