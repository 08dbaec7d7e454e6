# language: fr
@service:insi @vague:va2 @profil:general @exigence:SSI/GEN.12
Fonctionnalité: Le produit n'appelle INSi que si le serveur est bien INSi

  Les deux bouts d'un flux de données sensibles s'authentifient avant l'échange. Un serveur qui présente un mauvais
  certificat, ou une version de TLS qui ne protège plus, ne reçoit rien ; l'utilisateur le sait, l'identité ne change pas.

  Plan du Scénario: INSi présente <serveur>
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Et INSi qui présente <serveur>
    Quand le produit tente une recherche par traits
    Alors la connexion a été tentée et aucune requête n'a été envoyée
    Et le produit dit l'échec à son utilisateur et laisse l'identité inchangée

    Exemples:
      | serveur                                     |
      | un certificat expiré                        |
      | un certificat pas encore valide             |
      | un certificat révoqué                       |
      | un certificat d'une autre autorité          |
      | un certificat à un autre nom                |
      | TLS 1.1 seulement                           |
