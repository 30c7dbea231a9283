"""How people answer about an appointment in text speak, or in another language.

In comparable form (``lib.text.words``). The languages are those of the form: Arabic, Turkish, Portuguese,
Spanish, Ukrainian, and Russian, which many Ukrainians write. They set a mark and never act: perhaps no
agent reads that language.
"""

from requests_app.lib.text import words


def _plain(written: str) -> tuple[str, ...]:
    """Split a list at « · » and at line ends."""
    phrases = (each for line in written.split("\n") for each in line.split("·"))
    return tuple(" ".join(words(each)) for each in phrases if each.strip())


_DAYS = (
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "le matin",
    "l apres midi",
    "un matin",
    "une autre",
)
_RATHER = ("mais", "prefere", "prefererai", "prefererais")
OTHER_DATE = (
    *(f"{rather} {day}" for rather in _RATHER for day in _DAYS),
    *(f"{rather} le {day}" for rather in _RATHER for day in _DAYS[:5]),
    *_plain("""
me convient pas · m’arrange pas · peut changer · peux changer · pouvez changer · possible de changer
changer svp · changer l’horaire · change the appointment · can we change
otro día · otra fecha · otra hora · cambiar la fecha · cambiar la cita · cambiar la hora
outro dia · outra data · outra hora · mudar a data · mudar a hora · remarcar
başka gün · başka bir gün · başka tarih · başka bir tarih · tarihi değiştir · ertele · erteleyebilir
موعد آخر · يوم آخر · وقت آخر · تغيير الموعد · تأجيل الموعد · تاريخ آخر
інший день · інша дата · іншу дату · інший час · перенести · другой день · другую дату · другое время
"""),
)
NOT_COMING = _plain("""
impossible de venir · la possibilité de venir · pas possible de venir · pas pouvoir venir · pa venir
viendrais pas · viendrai pa · viendré pas · vien pa · vien pas · plus besoin du rdv · plus besoin de rdv
plus besoin de ce rdv · plus besoin du rendez-vous · plus besoin de ce rendez-vous
plus besoin de mon rendez-vous · souhaite plus ce rendez-vous · souhaite plus ce rdv
veux plus ce rdv · veux plus ce rendez-vous · laisse ma place · supprimez mon rdv · supprimer mon rdv
supprimez mon rendez-vous · supprimer mon rendez-vous · supprimez le rdv · supprimer le rdv
supprimez le rendez-vous · supprimer le rendez-vous · can not make it · could not come
no puedo ir · no puedo venir · no podré ir · no podré venir · no puedo asistir
não posso ir · não posso vir · não poderei ir · não consigo ir
gelemem · gelemeyeceğim · gelemiyorum · gelmeyeceğim · katılamam · katılamayacağım
لا أستطيع الحضور · لن أستطيع الحضور · لا أستطيع المجيء · لن أستطيع المجيء · لن أحضر
لن أتمكن من الحضور · لا يمكنني الحضور · لا أقدر أن أحضر · لن آتي
не зможу прийти · не прийду · не можу прийти · не смогу прийти · не приду · не могу прийти
""")
MAYBE_NOT_COMING = _plain("""
peu pa · peu pas · peux pa · peut pa · pe pas · pe pa · pourai pas · pourai pa · pourrai pa · pourré pas
pas possible · est malade · sont malades · à l’hôpital · hospitalisé · hospitalisée
travaille ce jour · suis en déplacement · i m sick · i am sick
anuler · anulez · anule · anulation · anullé · anuller · cancela · cancelar · anular · iptal
إلغاء · ألغي · ألغوا · скасувати · скасуйте · скасую · отменить · отмените · отменяю
no voy a poder · não vou poder · لا أقدر · ما أقدر · لن أتمكن · لا أستطيع · не зможу · не смогу
estoy enfermo · estoy enferma · estou doente · hastayım · أنا مريض · أنا مريضة
я хворий · я хвора · захворів · захворіла
""")
CANCEL = frozenset(_plain("anuler · anulez · anule · anulation · anuller"))
YES = frozenset(
    _plain("""
ouai · ouais · oki · okok · dacc · nickel · impec · impeccable · volontiers · certainement · absolument
""")
)
YES_PHRASES = _plain("""
ça marche · sa marche · c’est bon pour moi · c’est bon · c bon · cest bon · ça me va · sa me va
ça me convient · cela me convient parfaitement · cela me convient · bien sûr · d’acc · ok pour moi
works for me · that s fine
""")
COURTESY = frozenset(
    _plain("""
inchallah · inchalah · incha · inch · allah · sha · in · plaît · moi
fils · fille · mari · femme · mère · père · enfant · enfants · bébé · sœur · frère · ami · amie
""")
)
