# language: fr
@service:annuaire @vague:va1 @profil:general
Fonctionnalité: La recherche d'une boîte va jusqu'au bout et ne propose que ce qui sert

  @exigence:ANN/va1.06
  Scénario: une recherche qui a plusieurs pages de réponses est lue jusqu'à la dernière
    Étant donné un nom que portent plus de professionnels qu'une page n'en donne
    Quand le produit cherche les boîtes des professionnels de ce nom
    Alors l'annuaire a été lu jusqu'à la dernière page

  @exigence:ANN/va1.05 @exigence:ANN/va1.06
  Scénario: la boîte d'un professionnel qui n'exerce plus n'est pas proposée
    Étant donné un professionnel de l'annuaire
    Et ce professionnel vient de partir de l'annuaire
    Quand le produit cherche les boîtes de ce professionnel, par son RPPS puis par son nom
    Alors le produit ne propose pas la boîte de ce professionnel
