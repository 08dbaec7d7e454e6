# language: fr
@vague:va2 @profil:general
Fonctionnalité: Le compte d'un professionnel est rattaché à son numéro RPPS et à des coordonnées vérifiées

  @guide @exigence:SSI/IE.30 @preuve:SSI/IE.30.01.01
  Scénario: tous les cas de création d'un compte sont listés
    Quand le testeur dresse la liste des façons dont le compte d'un professionnel se crée : par lui-même, par un administrateur, par un import, par un autre moyen
    Alors le testeur filme pour la preuve "SSI/IE.30.01.01" :
      | le document qui liste tous les cas distincts de création d'un compte |

  @service:annuaire @exigence:SSI/IE.30 @preuve:SSI/IE.30.01.02
  Scénario: le numéro RPPS est trouvé à la création du compte
    Étant donné un professionnel de l'annuaire
    Quand un compte est ouvert pour ce professionnel
    Alors l'annuaire a reçu une recherche de ce professionnel
    Et le compte porte son numéro RPPS
    Et le testeur filme pour la preuve "SSI/IE.30.01.02" :
      | pour chacun des autres cas de création que le produit connaît : le compte créé et son numéro RPPS |

  @service:annuaire @exigence:SSI/IE.30 @preuve:SSI/IE.30.02.01
  Scénario: un professionnel absent de l'annuaire a son compte, sans numéro, et sera recherché de nouveau
    Quand un compte est ouvert pour un professionnel que l'annuaire ne connaît pas
    Alors l'annuaire a reçu une recherche de ce professionnel
    Et le compte est ouvert sans numéro RPPS, le produit le dit et dit quand il cherchera de nouveau
    Et le testeur filme pour la preuve "SSI/IE.30.02.01" :
      | le compte ouvert sans numéro RPPS, et ce que le produit en dit                                        |
      | les nouvelles recherches, faites sans intervention et à intervalles réguliers : traces datées du produit |
      | la recherche qui aboutit, une fois le professionnel trouvé, et le compte qui porte alors son numéro    |

  @service:annuaire @exigence:SSI/IE.30 @preuve:SSI/IE.30.02.01
  Scénario: un annuaire hors service n'empêche pas d'ouvrir le compte
    Étant donné un professionnel de l'annuaire
    Et l'annuaire hors service
    Quand un compte est ouvert pour ce professionnel
    Alors l'annuaire a reçu une recherche de ce professionnel
    Et le compte est ouvert sans numéro RPPS, le produit le dit et dit quand il cherchera de nouveau
    Et le testeur filme pour la preuve "SSI/IE.30.02.01" :
      | le compte ouvert sans numéro RPPS, et ce que le produit en dit                                        |
      | les nouvelles recherches, faites sans intervention et à intervalles réguliers : traces datées du produit |
      | la recherche qui aboutit, une fois le professionnel trouvé, et le compte qui porte alors son numéro    |

  @service:annuaire @exigence:SSI/IE.30 @preuve:SSI/IE.30.03.01
  Scénario: le numéro RPPS est contrôlé de nouveau dans les deux ans
    Étant donné un professionnel de l'annuaire
    Quand un compte est ouvert pour ce professionnel
    Alors le compte porte son numéro RPPS
    Et le compte dit quand son RPPS a été contrôlé, et le sera de nouveau dans les deux ans
    Et le testeur filme pour la preuve "SSI/IE.30.03.01" :
      | les traces du produit : la recherche initiale du numéro RPPS de ce compte, avec sa date                      |
      | les traces du contrôle suivant, réellement effectué une fois le délai écoulé, et ce que l'annuaire a répondu |

  @exigence:SSI/IE.31 @preuve:SSI/IE.31.01.01
  Scénario: l'adresse d'un nouveau professionnel attend sa confirmation
    Étant donné un professionnel de l'annuaire
    Quand un compte est ouvert pour ce professionnel avec l'adresse "nouveau@messagerie.test"
    Alors l'adresse du compte n'est pas tenue pour vérifiée
    Et le testeur confirme l'adresse avec le message reçu
    Et le testeur filme pour la preuve "SSI/IE.31.01.01" :
      | le compte à sa création : l'adresse n'est pas vérifiée               |
      | le message reçu par le professionnel, avec son code ou son lien      |
      | la confirmation, puis le compte dont l'adresse est vérifiée          |
      | l'adresse changée ensuite : non vérifiée, puis confirmée de même     |

  @guide @exigence:SSI/IE.32 @preuve:SSI/IE.32.01.01
  Scénario: un nom modifié est contrôlé, et le professionnel en est averti
    Étant donné un professionnel de l'annuaire
    Quand le testeur se connecte sous le compte de ce professionnel et demande à changer son nom d'exercice
    Alors le testeur filme pour la preuve "SSI/IE.32.01.01" :
      | la demande de modification                                                                  |
      | le contrôle de l'identité, aussi fiable qu'à l'enregistrement du compte                     |
      | l'avis envoyé sur l'ancienne coordonnée du professionnel, et sur l'autre s'il en a donné une |

  @service:annuaire @exigence:SSI/IE.33 @preuve:SSI/IE.33.01.01
  Scénario: le compte porte les identifiants et attributs du professionnel
    Étant donné un professionnel de l'annuaire
    Quand un compte est ouvert pour ce professionnel
    Alors le compte porte le RPPS, le nom d'exercice, le prénom et la profession
    Et les comptes du produit ont chacun leur identifiant
