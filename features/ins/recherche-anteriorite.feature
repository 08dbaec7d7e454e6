# language: fr
@vague:va1 @profil:general
Fonctionnalité: Un patient déjà connu se retrouve dans la base du produit

  Avant de créer une identité, l'utilisateur cherche si elle existe : par la date de naissance, complétée ou non d'un
  début de nom ou de prénom, ou par le matricule INS complet.

  @exigence:INS/va1.02 @preuve:INS/va1.02.01.01
  Scénario: la date de naissance seule trouve tous ceux qui sont nés ce jour
    Étant donné deux patients nés le même jour, enregistrés dans le produit, dont le premier a un nom et un prénom utilisés
    Quand l'utilisateur cherche par la date de naissance
    Alors le produit trouve les deux patients

  @exigence:INS/va1.02 @preuve:INS/va1.02.02.01
  Scénario: la date et le début du nom utilisé
    Étant donné deux patients nés le même jour, enregistrés dans le produit, dont le premier a un nom et un prénom utilisés
    Quand l'utilisateur cherche par la date de naissance et le début du nom utilisé
    Alors le produit trouve le premier patient et non l'autre

  @exigence:INS/va1.02 @preuve:INS/va1.02.03.01
  Scénario: la date et le début du nom de naissance, même quand un autre nom est utilisé
    Étant donné deux patients nés le même jour, enregistrés dans le produit, dont le premier a un nom et un prénom utilisés
    Quand l'utilisateur cherche par la date de naissance et le début du nom de naissance
    Alors le produit trouve le premier patient et non l'autre

  @exigence:INS/va1.02 @preuve:INS/va1.02.04.01
  Scénario: la date et le début du prénom de naissance
    Étant donné deux patients nés le même jour, enregistrés dans le produit, dont le premier a un nom et un prénom utilisés
    Quand l'utilisateur cherche par la date de naissance et le début du prénom de naissance
    Alors le produit trouve le premier patient et non l'autre

  @service:insi @exigence:INS/va1.02 @preuve:INS/va1.02.04.01
  Scénario: la date et le début d'un autre prénom de naissance que le premier
    Étant donné un patient qui a plusieurs prénoms
    Et ce patient enregistré dans le produit avec une identité "récupérée"
    Quand l'utilisateur cherche par la date de naissance et le début de son deuxième prénom
    Alors le produit trouve ce patient

  @exigence:INS/va1.02 @preuve:INS/va1.02.05.01
  Scénario: la date et le début du prénom utilisé
    Étant donné deux patients nés le même jour, enregistrés dans le produit, dont le premier a un nom et un prénom utilisés
    Quand l'utilisateur cherche par la date de naissance et le début du prénom utilisé
    Alors le produit trouve le premier patient et non l'autre

  @exigence:INS/va1.25 @preuve:INS/va1.25.01.01
  Scénario: un tiret saisi en trop dans le nom n'empêche pas de trouver
    Étant donné un patient dont le nom porte un tiret
    Et ce patient enregistré dans le produit, nom et prénoms écrits sans "-"
    Quand l'utilisateur cherche par le nom de naissance écrit avec "-"
    Alors le produit trouve ce patient

  @exigence:INS/va1.25 @preuve:INS/va1.25.02.01
  Scénario: un tiret oublié dans le prénom n'empêche pas de trouver
    Étant donné un patient dont le prénom porte un tiret
    Et ce patient enregistré dans le produit
    Quand l'utilisateur cherche par le prénom de naissance écrit sans "-"
    Alors le produit trouve ce patient

  @exigence:INS/va1.25 @preuve:INS/va1.25.03.01
  Scénario: un double tiret saisi en trop dans le nom n'empêche pas de trouver
    Étant donné un patient dont le nom porte un double tiret
    Et ce patient enregistré dans le produit, nom et prénoms écrits sans "--"
    Quand l'utilisateur cherche par le nom de naissance écrit avec "--"
    Alors le produit trouve ce patient

  @exigence:INS/va1.25 @preuve:INS/va1.25.04.01
  Scénario: une apostrophe saisie en trop dans le nom n'empêche pas de trouver
    Étant donné un patient dont le nom porte une apostrophe
    Et ce patient enregistré dans le produit, nom et prénoms écrits sans "'"
    Quand l'utilisateur cherche par le nom de naissance écrit avec "'"
    Alors le produit trouve ce patient

  @exigence:INS/va1.25
  Plan du Scénario: un accent ou un signe diacritique saisi en trop dans le nom n'empêche pas de trouver (<signe>)
    Étant donné un patient que INSi connaît
    Et ce patient enregistré dans le produit sous le nom de naissance "<nom>" et le prénom "HELENE"
    Quand l'utilisateur cherche par la date de naissance et le nom écrit "<saisi>"
    Alors le produit trouve ce patient

    Exemples:
      | signe              | nom            | saisi          |
      | accent aigu        | PATTEST-BERARD | PATTEST-BÉRARD |
      | accent grave       | PATTEST-LEGERE | PATTEST-LÈGÈRE |
      | accent circonflexe | PATTEST-HOTE   | PATTEST-HÔTE   |
      | tréma              | PATTEST-NOEL   | PATTEST-NOËL   |
      | cédille            | PATTEST-FRANCE | PATTEST-FRANÇE |

  @exigence:INS/va1.25
  Plan du Scénario: un accent ou un signe diacritique saisi en trop dans le prénom n'empêche pas de trouver (<signe>)
    Étant donné un patient que INSi connaît
    Et ce patient enregistré dans le produit sous le nom de naissance "PATTEST-BERARD" et le prénom "<prénom>"
    Quand l'utilisateur cherche par la date de naissance et le prénom écrit "<saisi>"
    Alors le produit trouve ce patient

    Exemples:
      | signe   | prénom   | saisi    |
      | accent  | HELENE   | HÉLÈNE   |
      | cédille | FRANCOIS | FRANÇOIS |

  @service:insi @exigence:INS/va1.41 @preuve:INS/va1.41.01.01
  Scénario: le matricule INS complet trouve son patient
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand l'utilisateur cherche par le matricule INS complet
    Alors le produit trouve ce patient

  @service:insi @exigence:INS/va1.41 @preuve:INS/va1.41.01.02
  Scénario: un matricule à la clé erronée ne lance aucune recherche
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand l'utilisateur cherche par le matricule INS avec une clé erronée
    Alors le produit refuse la recherche et demande les quinze caractères du matricule

  @service:insi @exigence:INS/va1.41 @preuve:INS/va1.41.01.03
  Scénario: un matricule sans sa clé ne lance aucune recherche
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand l'utilisateur cherche par le matricule INS sans sa clé
    Alors le produit refuse la recherche et demande les quinze caractères du matricule
