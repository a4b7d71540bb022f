"""How the brief looks as a page, on a screen and on paper."""

from __future__ import annotations

CSS = """
:root{color-scheme:light dark;--ink:#1c1b19;--soft:#6a655c;--line:#d8d3c8;--paper:#fdfcf9;--link:#7a2e1d}
@media(prefers-color-scheme:dark){:root{--ink:#e9e5dc;--soft:#a49d90;--line:#3b3832;--paper:#181715;--link:#e0a08e}}
body{margin:0;overflow-wrap:anywhere}
body{background:var(--paper);color:var(--ink);font:17px/1.55 Charter,"Bitstream Charter",Georgia,serif}
main{max-width:42rem;margin:0 auto;padding:3rem 1.25rem}
h1{font-size:2rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line)}
.lead,.more,footer{color:var(--soft)}ul{padding-left:1.1rem}li{margin:.35rem 0}
time{font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}em{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin-top:1rem}
th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{overflow-wrap:normal}td:last-child{white-space:nowrap}
a{color:var(--link);text-decoration:none}a:hover,a:focus{text-decoration:underline}
sup{font-size:.68em;line-height:0}li:target{background:color-mix(in srgb,var(--link) 14%,transparent)}
.notes ol{list-style:none;padding:0;font-size:.86rem}.notes li{overflow-wrap:anywhere}
footer{margin-top:3rem;font-size:.8rem}
@page{size:A4;margin:20mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif}}
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--link:#000}
body{font-size:10.5pt}main{max-width:none;padding:0}h2{break-after:avoid}li,tr{break-inside:avoid}
p,li{orphans:3;widows:3}thead{display:table-header-group}.notes ol{font-size:8.5pt;columns:2;column-gap:8mm}}
""".strip()
