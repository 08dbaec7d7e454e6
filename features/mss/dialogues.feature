# language: fr
@service:mssante @vague:va2 @profil:general
Fonctionnalité: Le produit parle à l'opérateur selon l'API des logiciels de professionnels

  @exigence:MSS/CONF.02 @preuve:MSS/CONF.02.01.02
  Scénario: un opérateur qui n'offre que TLS 1.3 peut être employé
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur MSSanté qui présente TLS 1.3 seulement
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le produit a envoyé le courriel en TLS 1.3, ou a renoncé et l'a dit

  @exigence:MSS/CONF.05 @preuve:MSS/CONF.05.01.01
  Scénario: le courriel est soumis par SMTP, chiffré par STARTTLS avant toute autre chose
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le dialogue SMTP satisfait à l'exigence

  @exigence:MSS/CONF.06 @preuve:MSS/CONF.06.01.01
  Scénario: la boîte est relevée par IMAP, chiffré par STARTTLS avant toute autre chose
    Étant donné un courriel qu'un professionnel a écrit au laboratoire
    Quand le produit relève sa boîte
    Alors le dialogue IMAP satisfait à l'exigence
    Et le produit montre ce courriel

  @exigence:MSS/CONF.22
  Scénario: la liste de révocation ne répond plus, la dernière liste valable sert encore
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le courriel est arrivé dans la boîte du professionnel
    Étant donné une liste de révocation qui ne répond plus
    Quand l'utilisateur valide un autre compte rendu destiné à ce professionnel
    Alors ce second courriel est arrivé aussi
