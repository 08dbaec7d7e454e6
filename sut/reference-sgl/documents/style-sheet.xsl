<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:h="urn:hl7-org:v3" exclude-result-prefixes="h">
  <xsl:output method="html" encoding="UTF-8" indent="no"/>
  <xsl:variable name="cda" select="/xsl:stylesheet/h:ClinicalDocument"/>
  <xsl:template match="/">
    <html lang="fr">
      <head>
        <title><xsl:value-of select="$cda/h:title"/></title>
        <style>
          body { font-family: sans-serif; margin: 2em auto; max-width: 50em; color: #1e1e1e; }
          table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em; }
          th, td { border-bottom: 1px solid #ccc; padding: .3em .5em; text-align: left; }
          dl { display: grid; grid-template-columns: 12em 1fr; gap: .2em; }
          dd { margin: 0; }
          footer { border-top: 1px solid #1e1e1e; font-size: .85em; margin-top: 2em; }
        </style>
      </head>
      <body>
        <h1><xsl:value-of select="$cda/h:title"/></h1>
        <p><xsl:value-of select="$cda/h:custodian/h:assignedCustodian/h:representedCustodianOrganization/h:name"/></p>
        <!--identite-->
        <xsl:apply-templates select="$cda/h:recordTarget/h:patientRole"/>
        <!--/identite-->
        <xsl:apply-templates select="$cda/h:component/h:structuredBody/h:component/h:section"/>
        <footer>
          <p>Compte rendu du <xsl:call-template name="day"><xsl:with-param name="time" select="$cda/h:effectiveTime/@value"/></xsl:call-template>,
            validé par
            <xsl:value-of select="$cda/h:legalAuthenticator/h:assignedEntity/h:assignedPerson/h:name/h:given"/>
            <xsl:text> </xsl:text>
            <xsl:value-of select="$cda/h:legalAuthenticator/h:assignedEntity/h:assignedPerson/h:name/h:family"/>.</p>
        </footer>
      </body>
    </html>
  </xsl:template>
  <xsl:template match="h:patientRole">
    <dl>
      <dt>Nom de naissance</dt><dd><xsl:value-of select="h:patient/h:name/h:family[@qualifier='BR']"/></dd>
      <dt>Premier prénom</dt><dd><xsl:value-of select="h:patient/h:name/h:given[@qualifier='BR']"/></dd>
      <dt>Prénoms de naissance</dt><dd><xsl:value-of select="h:patient/h:name/h:given[not(@qualifier)]"/></dd>
      <dt>Date de naissance</dt><dd><xsl:call-template name="day"><xsl:with-param name="time" select="h:patient/h:birthTime/@value"/></xsl:call-template></dd>
      <dt>Sexe</dt><dd><xsl:value-of select="h:patient/h:administrativeGenderCode/@code"/></dd>
      <dt>Matricule INS</dt><dd><xsl:value-of select="h:id[starts-with(@root, '1.2.250.1.213.1.4.')]/@extension"/></dd>
    </dl>
  </xsl:template>
  <!--sections-->
  <xsl:template match="h:section">
    <xsl:if test="h:title"><h2><xsl:value-of select="h:title"/></h2></xsl:if>
    <xsl:apply-templates select="h:text"/>
    <xsl:apply-templates select="h:component/h:section"/>
  </xsl:template>
  <!--/sections-->
  <xsl:template match="h:table"><table><xsl:apply-templates/></table></xsl:template>
  <xsl:template match="h:thead"><thead><xsl:apply-templates/></thead></xsl:template>
  <xsl:template match="h:tbody"><tbody><xsl:apply-templates/></tbody></xsl:template>
  <xsl:template match="h:tr"><tr><xsl:apply-templates/></tr></xsl:template>
  <xsl:template match="h:th"><th><xsl:apply-templates/></th></xsl:template>
  <xsl:template match="h:td"><td><xsl:apply-templates/></td></xsl:template>
  <xsl:template match="h:paragraph"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="h:list"><ul><xsl:apply-templates/></ul></xsl:template>
  <xsl:template match="h:item"><li><xsl:apply-templates/></li></xsl:template>
  <xsl:template match="h:content[@styleCode='Bold']"><strong><xsl:apply-templates/></strong></xsl:template>
  <xsl:template name="day">
    <xsl:param name="time"/>
    <xsl:value-of select="concat(substring($time, 7, 2), '/', substring($time, 5, 2), '/', substring($time, 1, 4))"/>
  </xsl:template>
  <!--document-->
</xsl:stylesheet>
