# language: fr
@service:dmp @vague:va1 @profil:general
Fonctionnalité: Le DMP du patient s'ouvre dans le navigateur, depuis son dossier

  Accès web contextuel (TD0.9) : le banc joue le navigateur et montre ce qui lui a été demandé.

  @exigence:DMP/va1.02 @preuve:DMP/va1.02.01.01
  Scénario: le dossier d'un patient qualifié s'ouvre dans le DMP
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur ouvre la page "dossier" du DMP dans son navigateur
    Alors l'accès web du DMP affiche cette page

  @exigence:DMP/va1.02
  Plan du Scénario: une identité « <statut> » n'ouvre pas le DMP
    Étant donné un patient dont l'identité est "<statut>" dans le produit
    Quand l'utilisateur tente d'ouvrir le dossier du patient dans le DMP
    Alors le produit n'ouvre pas le DMP et dit pourquoi à l'utilisateur

    Exemples:
      | statut     |
      | provisoire |
      | récupérée  |
      | validée    |

  @exigence:DMP/va1.21 @preuve:DMP/va1.21.01.01
  Plan du Scénario: la page « <page> » s'ouvre à l'adresse du guide
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur ouvre la page "<page>" du DMP dans son navigateur
    Alors l'accès web du DMP affiche cette page

    Exemples: ce que l'exigence demande à tous
      | page    |
      | accueil |
      | dossier |

  @exigence:DMP/va1.21
  Scénario: les autres pages que le produit propose s'ouvrent à l'adresse du guide
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur ouvre dans son navigateur chacune de ces pages du DMP que le produit propose :
      | existence    |
      | gestion      |
      | documents    |
      | parcours     |
      | historique   |
      | parametrages |
      | volontes     |
      | vaccination  |
    Alors l'accès web du DMP a affiché chacune d'elles

  @guide @exigence:DMP/va1.02
  Scénario: l'accès au DMP se voit dans le dossier du patient
    Quand le testeur ouvre le dossier d'un patient à l'identité qualifiée et montre le bouton, ou le clic droit, qui ouvre son DMP
    Et le testeur ouvre le DMP d'un seul geste, dans le navigateur du poste
