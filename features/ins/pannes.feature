# language: fr
@service:insi @vague:va1 @profil:general @exigence:INS/va1.34 @exigence:INS/va1.35 @exigence:INS/va1.38
Fonctionnalité: Une panne d'INSi est dite, tracée, et n'arrête pas le laboratoire

  Erreur annoncée par le téléservice, réponse illisible ou silence : l'identité reste telle qu'elle était.

  Plan du Scénario: INSi répond par l'erreur <défaut>
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Et INSi en panne pour ce patient avec le défaut "<défaut>"
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "<défaut>"
    Et le produit dit l'échec, le trace, laisse l'identité inchangée et le circuit local ouvert
    Et chaque appel à INSi satisfait à l'exigence

    Exemples:
      | défaut    |
      | insi_102  |
      | desir_550 |

  Plan du Scénario: INSi ne répond rien d'utilisable (<situation>)
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Et INSi en panne pour ce patient avec le défaut "<situation>"
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits, restée sans réponse utilisable
    Et le produit dit l'échec, le trace, laisse l'identité inchangée et le circuit local ouvert

    Exemples:
      | situation         |
      | coupure           |
      | tronque           |
      | http-503-html     |
      | type-contenu-faux |

  Scénario: INSi ne répond pas
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Et INSi muet pour ce patient pendant 20 secondes
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits, restée sans réponse utilisable
    Et le produit dit l'échec, le trace, laisse l'identité inchangée et le circuit local ouvert
