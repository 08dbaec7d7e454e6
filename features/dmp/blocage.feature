# language: fr
@service:dmp @vague:va1 @profil:general @exigence:DMP/va1.22
Fonctionnalité: L'utilisateur bloque l'alimentation du DMP

  @preuve:DMP/va1.22.01.01 @preuve:DMP/va1.22.01.02
  Scénario: de deux comptes rendus validés, celui que l'utilisateur a bloqué ne part pas
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un premier compte rendu destiné au DMP
    Et l'utilisateur bloque l'alimentation du DMP de ce patient
    Et l'utilisateur valide un autre compte rendu destiné au DMP
    Alors rien du compte rendu bloqué ne va dans le DMP

  Scénario: le blocage levé, les comptes rendus partent à nouveau
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur bloque l'alimentation du DMP de ce patient
    Et l'utilisateur permet à nouveau l'alimentation du DMP de ce patient
    Et l'utilisateur valide un autre compte rendu destiné au DMP
    Alors le DMP a reçu les deux documents de ce dernier compte rendu
