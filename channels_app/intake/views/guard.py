from requests_app.access.gate import restrict_to

# Raw arrivals belong to no Maison yet.
central_team_required = restrict_to(lambda scope: scope.can_clear_quarantine)
