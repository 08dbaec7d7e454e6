# language: fr
@service:dmp @vague:va1 @profil:general
Fonctionnalité: Un compte rendu validé alimente le DMP sans autre geste

  La validation biologique déclenche le test d'existence du DMP, puis l'envoi du CDA N3 et de son jumeau N1.

  @exigence:DMP/va1.01 @preuve:DMP/va1.01.01.01
  Scénario: la validation du compte rendu alimente le DMP en N3 et en N1
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le produit a testé l'existence du DMP avant de l'alimenter
    Et le DMP a reçu le CDA N3 puis le CDA N1 et répondu "Success" à chacun
    Et les deux documents sont visibles dans le DMP du patient

  @exigence:DMP/va1.01 @exigence:DOC/va1.21 @preuve:DOC/va1.21.01.01
  Scénario: les métadonnées XDS du lot sont conformes et cohérentes avec le CDA
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors chaque lot envoyé au DMP a des métadonnées, une signature et un jeton VIHF conformes

  @exigence:DMP/va1.01
  Scénario: alimenter ne demande ni autorisation d'accès ni recherche
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le DMP a reçu le CDA N3 puis le CDA N1 et répondu "Success" à chacun
    Et la suite des appels au DMP satisfait au guide d'intégration

  @exigence:DMP/va1.01 @preuve:DMP/va1.01.01.01 @preuve:DMP/va1.01.01.02
  Scénario: une lettre de liaison reçue alimente le DMP en CDA N1
    Étant donné un patient qualifié dans le produit
    Quand le produit reçoit une lettre de liaison pour ce patient
    Alors le DMP a reçu cette lettre en CDA N1, sans autre geste
    Et cette lettre est visible dans le DMP du patient

  @exigence:DMP/va1.01
  Plan du Scénario: rien n'est versé quand <cas>
    Étant donné <patient>
    Et ce patient enregistré dans le produit avec une identité "qualifiée"
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors rien n'est versé dans le DMP et le produit en dit la raison

    Exemples:
      | cas                         | patient                          |
      | le DMP est fermé            | un patient dont le DMP est fermé |
      | le patient n'a pas de DMP   | un patient qui n'a pas de DMP    |

  @exigence:DMP/va1.01
  Plan du Scénario: une panne du DMP remet l'envoi à plus tard, sans autre geste (<panne>)
    Étant donné un patient qualifié dans le produit
    Et le DMP indisponible une fois pour ce patient (<panne>)
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le produit verse les deux documents de lui-même quand le DMP répond à nouveau, sous leurs identifiants d'origine

    Exemples:
      | panne                   |
      | XDSRegistryNotAvailable |
      | coupure                 |
      | http-503-html           |

  @exigence:DMP/va1.01
  Plan du Scénario: le refus du DMP est montré à l'utilisateur avec son code (<code>)
    Étant donné un patient qualifié dans le produit
    Et le DMP qui répond "<code>" à toute alimentation de ce patient
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le produit montre à l'utilisateur le refus du DMP et son code "<code>"

    Exemples:
      | code                |
      | XDSRegistryError    |
      | XDSUnknownPatientId |

  @exigence:DMP/va1.01
  Scénario: une identité que le DMP porte autrement est signalée et ne remplace pas celle du produit
    Étant donné un patient qualifié dans le produit
    Et le DMP qui porte une autre identité pour ce patient
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le produit signale à l'utilisateur que le DMP porte une autre identité
    Et l'identité du patient dans le produit n'a pas changé
