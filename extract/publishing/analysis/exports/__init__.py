"""The frames as other programs import them: RevMan, the data package of Cochrane reviews, RIS, {metadat}."""
