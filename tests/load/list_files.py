"""Small files in the layouts of published lists. Everybody in them is made up."""

from __future__ import annotations

import json

OFAC_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://tempuri.org/sdnList.xsd">
  <publshInformation><Publish_Date>07/02/2024</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry>
    <uid>901</uid><lastName>QUILLFEATHER TRADING LLC</lastName><sdnType>Entity</sdnType>
    <remarks>(Linked To: OSTRAVAND SHIPPING)</remarks>
    <programList><program>EXAMPLE1</program><program>EXAMPLE2</program></programList>
    <idList>
      <id><uid>1</uid><idType>Registration Number</idType><idNumber>Q-77123</idNumber><idCountry>Malta</idCountry></id>
      <id><uid>2</uid><idType>Website</idType><idNumber>www.quillfeather.example</idNumber></id>
      <id><uid>3</uid><idType>Secondary sanctions risk:</idType><idNumber>section 1</idNumber></id>
    </idList>
    <akaList>
      <aka><uid>11</uid><type>a.k.a.</type><category>strong</category><lastName>QUILLFEATHER GROUP</lastName></aka>
      <aka><uid>12</uid><type>a.k.a.</type><category>weak</category><lastName>QFT</lastName></aka>
      <aka><uid>13</uid><type>f.k.a.</type><category>strong</category><lastName>OLD QUILL WORKS</lastName></aka>
    </akaList>
    <addressList>
      <address><uid>21</uid><address1>1 Example Quay</address1><city>Valletta</city><postalCode>VLT 01</postalCode>
        <country>Malta</country></address>
      <address><uid>22</uid><country>Germany</country></address>
    </addressList>
  </sdnEntry>
  <sdnEntry>
    <uid>902</uid><firstName>Ferdo Jan</firstName><lastName>OSTRAVAND</lastName><sdnType>Individual</sdnType>
    <programList><program>EXAMPLE1</program></programList>
    <idList>
      <id><uid>4</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
      <id><uid>5</uid><idType>Passport</idType><idNumber>X1234567</idNumber><idCountry>Malta</idCountry></id>
    </idList>
    <nationalityList><nationality><uid>6</uid><country>Malta</country><mainEntry>true</mainEntry></nationality>
    </nationalityList>
    <dateOfBirthList>
      <dateOfBirthItem><uid>7</uid><dateOfBirth>07 Oct 1952</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem>
      <dateOfBirthItem><uid>8</uid><dateOfBirth>circa 1954</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem>
    </dateOfBirthList>
    <placeOfBirthList><placeOfBirthItem><uid>9</uid><placeOfBirth>Sliema, Malta</placeOfBirth></placeOfBirthItem>
    </placeOfBirthList>
  </sdnEntry>
</sdnList>
"""

UN_XML = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2024-03-01T23:00:05.988Z">
  <INDIVIDUALS><INDIVIDUAL>
    <DATAID>111</DATAID><VERSIONNUM>1</VERSIONNUM>
    <FIRST_NAME>MIRZO</FIRST_NAME><THIRD_NAME>TALVENIK</THIRD_NAME>
    <UN_LIST_TYPE>EXA</UN_LIST_TYPE><REFERENCE_NUMBER>EXi.001</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
    <NAME_ORIGINAL_SCRIPT>Мирзо Талвеник</NAME_ORIGINAL_SCRIPT><COMMENTS1>Fictional.</COMMENTS1>
    <NATIONALITY><VALUE>Malta</VALUE></NATIONALITY><LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
    <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Mirzo Talven</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Clerk</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ADDRESS><STREET>9 Hill Road</STREET><COUNTRY>Kenya</COUNTRY></INDIVIDUAL_ADDRESS>
    <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1965-03-12</DATE></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR>
    </INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Exampleton</CITY><COUNTRY>Malta</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
    <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>P-55</NUMBER></INDIVIDUAL_DOCUMENT>
    <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><NUMBER>N-66</NUMBER>
    </INDIVIDUAL_DOCUMENT>
  </INDIVIDUAL></INDIVIDUALS>
  <ENTITIES><ENTITY>
    <DATAID>222</DATAID><FIRST_NAME>TALVENIK HOLDING</FIRST_NAME><UN_LIST_TYPE>EXA</UN_LIST_TYPE>
    <REFERENCE_NUMBER>EXe.002</REFERENCE_NUMBER>
    <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Talvenik Corp</ALIAS_NAME></ENTITY_ALIAS>
    <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Talven Bros</ALIAS_NAME></ENTITY_ALIAS>
    <ENTITY_ADDRESS><CITY>Nairobi</CITY><COUNTRY>Kenya</COUNTRY></ENTITY_ADDRESS>
  </ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""

EU_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2024-04-02T21:24:35.826+01:00" globalFileId="1">
  <sanctionEntity designationDate="2014-07-11" unitedNationId="" euReferenceNumber="EU.1.11" logicalId="13">
    <remark>Fictional.</remark>
    <regulation programme="EXA" numberTitle="1/2014" logicalId="3"><publicationUrl>https://x.example</publicationUrl>
    </regulation>
    <regulation programme="EXA" numberTitle="2/2014" logicalId="4"/>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Olav" lastName="Brindt" wholeName="Olav Brindt" function="Clerk" gender="M" strong="true">
      <regulationSummary numberTitle="1/2014"/></nameAlias>
    <nameAlias wholeName="Olaf Brint" strong="true"/>
    <nameAlias wholeName="O. B." strong="false"/>
    <nameAlias wholeName="Brindtik" strong="true"><remark>Low quality alias</remark></nameAlias>
    <citizenship region="" countryIso2Code="MT" countryDescription="MALTA"/>
    <birthdate circa="false" year="1960" birthdate="1960-02-05" city="Sliema" countryIso2Code="MT"/>
    <identification number="34409/129" identificationTypeCode="passport" countryIso2Code="MT"/>
    <address city="Oslo" street="3 Fjord Lane" zipCode="0150" countryIso2Code="NO" countryDescription="NORWAY"/>
    <address countryIso2Code="00" countryDescription="UNKNOWN"/>
  </sanctionEntity>
  <sanctionEntity euReferenceNumber="EU.2.22" logicalId="14">
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Brindt Works AS" strong="true"/>
    <identification number="998877" identificationTypeCode="regnumber" countryIso2Code="NO"/>
  </sanctionEntity>
</export>
"""

EU_CSV = "\n".join(
    [
        "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_DesignationDate;Entity_Remark;"
        "Entity_SubjectType_ClassificationCode;Entity_Regulation_Programme;NameAlias_WholeName;NameAlias_Gender;"
        "NameAlias_Remark;Address_City;Address_CountryIso2Code;BirthDate_BirthDate;BirthDate_Place;"
        "Identification_Number;Identification_TypeCode;Citizenship_CountryIso2Code",
        "02/05/2024;13;EU.1.11;2014-07-11;Fictional.;person;EXA;Olav Brindt;M;;;;;;;;",
        "02/05/2024;13;EU.1.11;2014-07-11;Fictional.;person;EXA;Brindtik;;(Low quality a.k.a);;;;;;;",
        "02/05/2024;13;EU.1.11;2014-07-11;Fictional.;person;EXA;;;;Oslo;NO;;;;;",
        "02/05/2024;13;EU.1.11;2014-07-11;Fictional.;person;EXA;;;;;;1960-02-05;Sliema;;;",
        "02/05/2024;13;EU.1.11;2014-07-11;Fictional.;person;EXA;;;;;;;;34409/129;passport;",
        "02/05/2024;13;EU.1.11;2014-07-11;Fictional.;person;EXA;;;;;;;;;;MT",
        "02/05/2024;14;EU.2.22;;;enterprise;EXA;Brindt Works AS;;;;;;;;;",
        "",
    ]
)

UK_CONLIST_CSV = "\n".join(
    [
        "Last Updated,03/06/2024" + "," * 34,
        "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,"
        "Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,"
        "National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,"
        "Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,"
        "Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID",
        "GRAVENOR,Tilda,Maud,,,,,,,,00/00/1971,Exampleton,Malta,Malta,(1) P1 (2) P2,,,,,1 The Row,,,,,Leeds,LS1 4AP,"
        "United Kingdom,Fictional.,Individual,Primary name,,Example,01/02/2020,01/02/2020,03/06/2024,14233",
        "GRAVENOR,Matilda,,,,,,,,,00/00/1971,,,,,,,,,,,,,,,,,,Individual,AKA,Good quality,Example,01/02/2020,"
        "01/02/2020,03/06/2024,14233",
        "GRAV,,,,,,,,,,,,,,,,,,,,,,,,,,,,Individual,AKA,Low quality,Example,01/02/2020,01/02/2020,03/06/2024,14233",
        "GRAVENOR SHIPPING LTD,,,,,,,,,,,,,,,,,,,,,,,,,,United Kingdom,,Entity,Primary name,,Example,05/02/2020,"
        "05/02/2020,03/06/2024,14234",
        "GRAVEN LINES,,,,,,,,,,,,,,,,,,,,,,,,,,United Kingdom,,Entity,FKA,,Example,05/02/2020,05/02/2020,"
        "03/06/2024,14234",
        "",
    ]
)

UK_CONLIST_XML = """<?xml version="1.0" encoding="utf-8"?>
<ArrayOfFinancialSanctionsTarget xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
    xmlns="http://schemas.hmtreasury.gov.uk/ofsi/consolidatedlist">
  <FinancialSanctionsTarget>
    <Name6>GRAVENOR</Name6><name1>Tilda</name1><name2>Maud</name2><name3 i:nil="true"/>
    <AliasType>Primary name</AliasType><AliasQuality i:nil="true"/><GroupID>14233</GroupID>
    <GroupTypeDescription>Individual</GroupTypeDescription><RegimeName>Example</RegimeName><Country>Kenya</Country>
    <Individual_Nationality>Malta</Individual_Nationality><Individual_DateOfBirth>09/08/1971</Individual_DateOfBirth>
    <DateListed>2020-02-01T00:00:00</DateListed><LastUpdated>2024-06-03T00:00:00</LastUpdated>
  </FinancialSanctionsTarget>
  <FinancialSanctionsTarget>
    <Name6>GRAV</Name6><AliasType>AKA</AliasType><AliasQuality>Low quality</AliasQuality><GroupID>14233</GroupID>
    <GroupTypeDescription>Individual</GroupTypeDescription><LastUpdated>2024-06-01T00:00:00</LastUpdated>
  </FinancialSanctionsTarget>
</ArrayOfFinancialSanctionsTarget>
"""

UK_LIST_CSV = "\n".join(
    [
        "Report Date: 02-Jul-2024",
        "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name type,Alias strength,"
        "Name non-latin script,Regime Name,Designation Type,Other Information,Address Line 1,Address Line 6,"
        "Address Postal Code,Address Country,Date Designated,D.O.B,Nationality(/ies),Passport number,IMO number,"
        "Current believed flag of ship",
        "01/07/2024,EXA0001,99,,PELLORIN,Ugo,,Primary Name,,,The Example Regulations 2020,Individual,,2 Mole Street,"
        "Bath,BA1 1AA,United Kingdom,24/02/2022,(1) 04/05/1980 (2) dd/mm/1981,(1) Malta,,,",
        "01/07/2024,EXA0001,99,,PELLO,,,Alias,Low quality a.k.a,,The Example Regulations 2020,Individual,,,,,,"
        "24/02/2022,,,,,",
        "01/07/2024,EXA0001,99,,PELLORINO,Ugo,,Alias,Good quality a.k.a,,The Example Regulations 2020,Individual,,,,,,"
        "24/02/2022,,,,,",
        "01/07/2024,EXA0002,98,,MV GREY HERON,,,Primary name,,,The Example Regulations 2020,Ship,,,,,,25/02/2022,,,,"
        "IMO9074729,Comoros",
        "",
    ]
)

UK_LIST_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <DateGenerated>02/07/2024</DateGenerated>
  <Designation>
    <LastUpdated>01/07/2024</LastUpdated><DateDesignated>24/02/2022</DateDesignated><UniqueID>EXA0001</UniqueID>
    <Names>
      <Name><Name6>PELLO</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
      <Name><Name1>Ugo</Name1><Name6>PELLORIN</Name6><NameType>Primary Name</NameType></Name>
      <Name><Name1>Hugo</Name1><Name6>PELLORIN</Name6><NameType>Primary Name Variation</NameType></Name>
    </Names>
    <NonLatinNames><NonLatinName><NameNonLatinScript>Уго Пеллорин</NameNonLatinScript></NonLatinName></NonLatinNames>
    <RegimeName>The Example Regulations 2020</RegimeName>
    <IndividualEntityShip>Individual</IndividualEntityShip>
    <Addresses><Address><AddressLine1>2 Mole Street</AddressLine1><AddressPostalCode>BA1 1AA</AddressPostalCode>
      <AddressCountry>United Kingdom</AddressCountry></Address></Addresses>
    <IndividualDetails><Individual>
      <DOBs><DOB>04/05/1980</DOB><DOB>dd/mm/1981</DOB></DOBs>
      <Nationalities><Nationality>Malta</Nationality></Nationalities>
      <BirthDetails><Location><TownOfBirth>Sliema</TownOfBirth></Location></BirthDetails>
      <PassportDetails><Passport><PassportNumber>P9</PassportNumber></Passport></PassportDetails>
    </Individual></IndividualDetails>
  </Designation>
</Designations>
"""


SIMPLE = """id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,last_seen
Q-5,Person,Nuri Halvarsen,Nuri H.;N. Halvarsen,1970;1971-02-03,mt;ke,5 Palm Road;6 Palm Road,N-1;N-2,,,,X,2024-09-01
"""


def ftm(*more: dict[str, object]) -> str:
    """Entities as OpenSanctions writes them: two targets, somebody beside them, addresses, sanctions, a passport."""
    base = {"datasets": ["xx_example"], "first_seen": "2023-01-01T00:00:00", "last_seen": "2024-08-01T06:00:00"}
    found: list[dict[str, object]] = [
        {
            "id": "Q-1", "schema": "Person", "target": True,
            "properties": {
                "name": ["Idris Vantongeren", "Идрис Вантонгерен"], "alias": ["I. Vantongeren"],
                "weakAlias": ["The Fox"], "previousName": ["Idris Vant"], "birthDate": ["1966-01-02", "1967"],
                "nationality": ["mt"], "addressEntity": ["addr-1"], "topics": ["sanction"],
                "passportNumber": ["A1", "A2"], "country": ["ke"],
            },
        },
        {
            "id": "Q-2", "schema": "Vessel", "target": True,
            "properties": {"name": ["GREY HERON"], "imoNumber": ["IMO9074729"], "flag": ["km"], "topics": ["sanction"]},
        },
        {
            "id": "Q-3", "schema": "Company", "target": False,
            "properties": {"name": ["Vantongeren Marine"], "innCode": ["7707083893"], "leiCode": ["X"]},
        },
        {"id": "addr-1", "schema": "Address", "target": False,
         "properties": {"full": ["4 Palm Road, Mombasa"], "city": ["Mombasa"], "country": ["ke"]}},
        {"id": "s-1", "schema": "Sanction", "target": False,
         "properties": {"entity": ["Q-1"], "listingDate": ["2015-05-05"], "program": ["EXA"]}},
        {"id": "s-2", "schema": "Sanction", "target": False,
         "properties": {"entity": ["Q-2"], "startDate": ["2015-05-05"], "endDate": ["2020-01-01"], "program": ["EXB"]}},
        {"id": "p-1", "schema": "Passport", "target": False,
         "properties": {"holder": ["Q-1"], "number": ["P-77"], "country": ["mt"]}},
        {"id": "o-1", "schema": "Ownership", "target": False, "properties": {"owner": ["Q-1"], "asset": ["Q-3"]}},
    ]  # fmt: skip
    return "".join(json.dumps({**base, **one}, ensure_ascii=False) + "\n" for one in (*found, *more))
