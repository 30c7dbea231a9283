"""What holds each sentence of the page on personal data: tests of ours, or the law when it is the law's own.

A sentence that is not here fails tests/house/test_promises.py: say only what a test would catch if untrue.
"""

GLASS = "tests/requests_app/access/test_glass.py::"
TRANSFERS = "tests/requests_app/tickets/test_transferring.py::"
SCOPE, ASKING = "tests/requests_app/access/test_scope.py::", "channels_app/portal/tests/test_asking.py::"
PAGE, WHOSE = "tests/requests_app/www/test_data_page.py::", "tests/requests_app/tickets/test_whose.py::"
SMS, LETTER = "channels_app/sms/tests/test_hears.py::", "channels_app/letter/tests/test_letter.py::"
PARTNER = "channels_app/partner/tests/test_publik_door.py::"
GUESSES = "tests/requests_app/tickets/test_guesses.py::"
HELPING = "tests/requests_app/attendance/test_helping.py::"
PURGE = "tests/requests_app/privacy/test_purge.py::"
LAW = "law: "

HELD_BY = {
    # why
    "Nous utilisons vos données pour vous répondre.": (
        f"{SCOPE}test_A02_list_and_detail_use_the_same_word",
        "tests/house/test_canary.py::test_P01_nothing_of_a_mail_leaks",
    ),
    "Nous comptons aussi, sans les noms, comment va le service.": (f"{PAGE}test_figures_name_nobody",),
    "C’est une mission de service public (RGPD, article 6.1.e).": (f"{LAW}GDPR, article 6.1.e",),
    "Aucune décision n’est prise par une machine : un agent lit votre demande.": (
        f"{GUESSES}test_N11_a_place_named_in_passing_moves_no_mail_from_its_maison",
        f"{PAGE}test_no_schedule_ends_a_ticket",
    ),
    "Un calcul dit quand rappeler un rendez-vous une fois de plus.": (
        f"{HELPING}test_reminds_once_more_by_another_channel",
        f"{HELPING}test_an_agent_reads_why_and_stops_it",
    ),
    "Il ne change ni les heures ni les lieux que nous proposons.": (
        f"{HELPING}test_no_room_that_offers_hours_reads_a_risk",
        f"{HELPING}test_slots_are_found_without_a_statement_on_risks",
    ),
    # what people choose to say
    "Votre nom et vos besoins d’accueil sont facultatifs.": (
        f"{ASKING}test_without_name_nor_contact_the_demand_has_no_person",
    ),
    "Sans contact, nous ne pouvons pas vous écrire : vous venez, ou vous appelez.": (
        f"{ASKING}test_without_name_nor_contact_the_demand_has_no_person",
    ),
    "Un proche ou un professionnel peut nous parler de vous. Nous notons alors qui l’a dit.": (
        f"{WHOSE}test_the_writer_stays_in_the_ticket_under_their_role",
    ),
    # who reads
    "Les agents du lieu qui s’occupe de votre demande, et ceux de l’équipe centrale.": (
        f"{SCOPE}test_A03_who_sees_reads_handles",
        f"{SCOPE}test_what_no_maison_owns_is_the_central_teams",
    ),
    "Un sujet de santé, d’enfance ou de protection n’est lu en entier que par les gestionnaires.": (
        f"{SCOPE}test_A03_who_sees_reads_handles",
    ),
    "Un agent d’un autre lieu peut l’ouvrir par exception. Sa raison est écrite, un responsable la lit.": (
        f"{GLASS}test_A04_wants_a_few_words",
        f"{GLASS}test_A04_both_sides_are_told",
    ),
    "Chaque lecture est notée.": (f"{SCOPE}test_I7_says_who_what_when_and_from_where",),
    # whom they are passed on to
    "Vos données ne sont pas vendues.": (f"{LAW}CRPA, article L300-1; GDPR, article 5.1.b",),
    "Nous les transmettons à un autre organisme si c’est lui qui peut répondre. Nous vous le disons.": (
        f"{TRANSFERS}test_tells_the_person_that_it_is_passed_on",
        f"{TRANSFERS}test_asks_an_agent_and_says_so_to_the_person",
    ),
    "Nos prestataires d’e-mail et de SMS les transportent pour nous.": (f"{PAGE}test_says_who_carries",),
    "Notre opérateur de SMS, Twilio, est une société des États-Unis.": (f"{PAGE}test_says_who_carries",),
    # how long
    "Sans durée propre au sujet : 24 mois.": (
        f"{PURGE}test_P03_months_are_those_of_the_topic",
        f"{PURGE}test_the_last_appointment_is_a_contact",
    ),
    "Chaque sujet a sa durée, comptée depuis notre dernier contact.": (
        f"{PURGE}test_P03_months_are_those_of_the_topic",
    ),
    "À la fin, l’archiviste donne son accord, puis tout est détruit.": (
        f"{PURGE}test_P03_nothing_goes_before_the_visa",
        f"{PURGE}test_P03_after_the_visa_the_mark_is_nowhere",
    ),
    "Nous en gardons la preuve, sans votre nom.": (
        f"{PURGE}test_P03_the_certificate_says_what_went_and_names_nobody",
    ),
    "Un formulaire commencé et jamais envoyé est effacé après sept jours.": (
        f"{ASKING}test_after_seven_days_the_answers_are_gone",
    ),
    # rights
    "Vous pouvez demander à voir vos données, à les corriger, à les effacer, ou à limiter leur usage.": (
        f"{LAW}GDPR, articles 15 to 18",
    ),
    "Vous pouvez aussi dire non à leur usage.": (f"{LAW}GDPR, article 21",),
    "Nous ne pouvons pas effacer ce que la loi nous oblige à garder, archives publiques comprises.": (
        f"{LAW}GDPR, article 17.3; code du patrimoine, article L212-2",
    ),
    "Vous pouvez dire ce que vos données deviennent après votre mort (loi 78-17, article 85).": (
        f"{LAW}loi 78-17, article 85",
    ),
    "Nous répondons en un mois.": (f"{LAW}GDPR, article 12.3",),
    # by door
    "Nous gardons vos réponses, vos fichiers et la façon de vous joindre.": (
        f"{ASKING}test_I1_the_raw_form_is_stored_before_it_is_understood",
        f"{ASKING}test_a_photo_is_joined_shown_drawn_again_and_sent",
    ),
    "Nous gardons vos messages du tchat et le contact que vous laissez.": (
        "channels_app/chat/tests/test_lines.py::test_a_contact_is_where_the_acknowledgment_goes",
    ),
    "Nous gardons votre message entier, ses fichiers et l’adresse d’où il vient.": (
        f"{PAGE}test_a_mail_is_kept_whole",
    ),
    "Nous gardons vos messages et votre numéro. Ils passent par un opérateur. "
    "Répondez STOP pour ne plus recevoir de rappels.": (
        f"{SMS}test_S05_is_kept_whole",
        f"{SMS}test_S05_stop_ends_reminders_at_once_opens_nothing_and_is_traced",
    ),
    "Nous gardons vos messages et votre numéro. Ils passent par un opérateur : nous les y effaçons après "
    "4 jours. Répondez STOP pour ne plus recevoir de rappels.": (
        "tests/channels_app/sms/test_erasing.py::test_P03_what_came_to_its_end_is_deleted_at_the_operator",
        f"{SMS}test_S05_stop_ends_reminders_at_once_opens_nothing_and_is_traced",
    ),
    "L’agent note pourquoi vous venez et ce qui est décidé. Vous pouvez ne pas donner votre nom.": (
        "channels_app/frontdesk/tests/test_visit.py::test_opens_a_ticket_and_gives_a_number",
        "channels_app/frontdesk/tests/test_lookups.py::test_a_star_is_somebody_without_a_name",
    ),
    "L’agent note votre appel. L’appel n’est pas enregistré.": (f"{PAGE}test_a_call_has_no_recording",),
    "Nous numérisons votre lettre et gardons ses dates.": (
        f"{LETTER}test_several_pages_are_kept_with_the_letter",
        f"{LETTER}test_the_clock_counts_from_the_arrival",
    ),
    "Nous gardons ce qu’un partenaire nous transmet de votre demande.": (
        f"{PARTNER}test_every_field_is_read_whatever_its_kind",
    ),
    "Votre demande, nos réponses, comment vous joindre, et ce que vous choisissez de dire sur vos besoins.": (
        f"{ASKING}test_five_answers_become_a_demand_at_the_right_maison",
        f"{ASKING}test_they_are_kept_as_things_to_do_and_never_confirmed_by_a_form",
    ),
}
