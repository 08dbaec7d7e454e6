# language: fr
@service:insi @service:hl7 @vague:va1 @profil:general @exigence:INS/va1.60
Fonctionnalité: La modification d'une identité venue d'INSi a des suites, propagées aux autres systèmes

  Un trait strict changé fait perdre le matricule et descendre le statut d'un niveau ; un trait complémentaire ne change
  rien d'autre. Dans les deux cas les systèmes raccordés l'apprennent par un message HL7.

  @preuve:INS/va1.60.01.02 @preuve:INS/va1.60.01.03
  Scénario: le nom de naissance d'une identité récupérée
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand un super-utilisateur modifie le nom de naissance
    Alors la modification est faite, avec les suites que l'exigence demande pour l'INS et le statut
    Et les systèmes raccordés ont reçu la modification par un message HL7 qui satisfait à l'exigence

  @preuve:INS/va1.60.02.02 @preuve:INS/va1.60.02.03
  Scénario: le nom utilisé d'une identité récupérée
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand un super-utilisateur modifie le nom utilisé
    Alors la modification est faite, avec les suites que l'exigence demande pour l'INS et le statut
    Et les systèmes raccordés ont reçu la modification par un message HL7 qui satisfait à l'exigence

  @preuve:INS/va1.60.03.02 @preuve:INS/va1.60.03.03
  Scénario: le nom de naissance d'une identité qualifiée
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand un super-utilisateur modifie le nom de naissance
    Alors la modification est faite, avec les suites que l'exigence demande pour l'INS et le statut
    Et les systèmes raccordés ont reçu la modification par un message HL7 qui satisfait à l'exigence

  @preuve:INS/va1.60.04.02 @preuve:INS/va1.60.04.03
  Scénario: le nom utilisé d'une identité qualifiée
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand un super-utilisateur modifie le nom utilisé
    Alors la modification est faite, avec les suites que l'exigence demande pour l'INS et le statut
    Et les systèmes raccordés ont reçu la modification par un message HL7 qui satisfait à l'exigence

  @guide @preuve:INS/va1.60.01.01 @preuve:INS/va1.60.02.01 @preuve:INS/va1.60.03.01 @preuve:INS/va1.60.04.01
  Scénario: le profil de l'utilisateur qui modifie
    Étant donné un patient que INSi connaît
    Quand le testeur se connecte sous le compte de super-utilisateur avec lequel il modifiera les identités
    Alors le testeur filme pour la preuve "INS/va1.60.01.01" :
      | le compte connecté et son habilitation à modifier un trait strict d'une identité récupérée |
    Et le testeur filme pour la preuve "INS/va1.60.02.01" :
      | le compte connecté et son habilitation à modifier un trait complémentaire d'une identité récupérée |
    Et le testeur filme pour la preuve "INS/va1.60.03.01" :
      | le compte connecté et son habilitation à modifier un trait strict d'une identité qualifiée |
    Et le testeur filme pour la preuve "INS/va1.60.04.01" :
      | le compte connecté et son habilitation à modifier un trait complémentaire d'une identité qualifiée |

  Plan du Scénario: tout autre trait strict a les mêmes suites que le nom de naissance (<trait>, identité <statut>)
    Étant donné un patient dont l'identité est "<statut>" dans le produit
    Quand un super-utilisateur modifie <trait>
    Alors la modification est faite, avec les suites que l'exigence demande pour l'INS et le statut
    Et les systèmes raccordés ont reçu la modification par un message HL7 qui satisfait à l'exigence

    Exemples:
      | trait                    | statut    |
      | les prénoms de naissance | récupérée |
      | les prénoms de naissance | qualifiée |
      | la date de naissance     | récupérée |
      | la date de naissance     | qualifiée |
      | le sexe                  | récupérée |
      | le sexe                  | qualifiée |
      | le lieu de naissance     | récupérée |
      | le lieu de naissance     | qualifiée |
