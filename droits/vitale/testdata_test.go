package vitale_test

// carte is a whole reading; the numbers are those of published test identities.
const carte = `<?xml version="1.0" encoding="UTF-8"?>
<lecture><listeBenef>
 <element>
  <ident><nir>2555555751333 24</nir><nirCertifie>255555575133324</nirCertifie><dateCertification>12032020</dateCertification>
   <nomPatronymique>CANARINOM</nomPatronymique><nomUsuel>CANARIUSAGE</nomUsuel><prenomUsuel>CANARIPRENOM</prenomUsuel>
   <naissance><date>12031950</date><dateEnCarte>500312</dateEnCarte></naissance><rangDeNaissance>1</rangDeNaissance>
   <adresse><ligne1>CANARI ESCALIER</ligne1><ligne3>1 RUE CANARI</ligne3><ligne4></ligne4></adresse></ident>
  <amo><qualBenef>0</qualBenef><codeRegime>01</codeRegime><caisse>751</caisse><centreCarte>1234</centreCarte><centreGestion>9999</centreGestion><codeGestion>10</codeGestion>
   <listePeriodesDroits><element><debut>01012025</debut><fin>31122026</fin></element><element><debut>20270101</debut></element></listePeriodesDroits>
   <libelleExo>CANARI AFFECTION DE LONGUE DUREE</libelleExo><medecinTraitant>O</medecinTraitant></amo>
  <listeat><at1><orgGestion>017510000</orgGestion></at1><at2><identifiant>180831018</identifiant><orgGestion><codeRegime>01</codeRegime><caisse>752</caisse></orgGestion></at2><at3/></listeat>
  <cmu><typeCMU>COMPLEMENTAIRE SANTE SOLIDAIRE gérée par un organisme complémentaire</typeCMU><periode><debut>01012026</debut><fin>31122026</fin></periode></cmu>
  <mutuelle><numIdent>88888888</numIdent></mutuelle>
 </element>
 <element>
  <ident><nir>255555575133324</nir><naissance><dateEnCarte>154200</dateEnCarte></naissance></ident>
  <amo><codeRegime>01</codeRegime><medecinTraitant>X</medecinTraitant></amo>
  <mutuelle><numIdent>12345678</numIdent></mutuelle>
 </element>
</listeBenef></lecture>`
