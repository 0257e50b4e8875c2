namespace MLOpsGovernance.Reports.Rendering;

internal static class HtmlStyle
{
    public const string Sheet = """
        :root { color-scheme: light; --ink: #1F2933; --quiet: #5B6770; --rule: #C9D0D6; --pale: #F2F4F7; --accent: #0B5394; }
        body { margin: 0 auto; max-width: 68rem; padding: 1.5rem; font: 16px/1.5 Inter, "Liberation Sans", "DejaVu Sans", sans-serif; color: var(--ink); background: #fff; }
        h1 { font-size: 2rem; line-height: 1.2; margin: .2rem 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.4rem; border-bottom: 2px solid var(--accent); padding-bottom: .2rem; margin-top: 2.5rem; }
        h3 { font-size: 1.1rem; margin: 1.6rem 0 .3rem; }
        a { color: var(--accent); }
        .logo { max-height: 3.5rem; max-width: 12rem; }
        .kind { text-transform: uppercase; letter-spacing: .08em; color: var(--accent); font-weight: 600; margin: 1.5rem 0 0; }
        .organisation { font-weight: 600; }
        .subtitle, .lead, .empty, figcaption p { color: var(--quiet); }
        .marking { display: inline-block; border: 2px solid #A3260B; color: #A3260B; font-weight: 600; padding: .1rem .6rem; }
        .code svg { width: 7rem; display: block; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: .8rem 0 .3rem; }
        th { background: var(--pale); text-align: left; color: var(--quiet); vertical-align: bottom; }
        th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--rule); vertical-align: top; overflow-wrap: anywhere; min-width: 4rem; }
        .right { text-align: right; }
        dl { display: grid; grid-template-columns: minmax(9rem, 1fr) 3fr; gap: .2rem 1rem; }
        dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
        .verdict { padding: 1rem; border-left: 6px solid; }
        .verdict strong { font-size: 1.3rem; display: block; }
        .figures { display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; list-style: none; }
        .figures li { flex: 1 1 8rem; background: var(--pale); padding: .7rem; }
        .figures b { display: block; font-size: 1.5rem; } .figures small { color: var(--quiet); display: block; }
        figure { margin: 1rem 0; } figure svg { width: 100%; height: auto; font-family: inherit; }
        .good { color: #00644D; font-weight: 600; } .attention { color: #8A5A00; font-weight: 600; } .bad { color: #A3260B; font-weight: 600; } .unknown { color: #4A5560; font-weight: 600; }
        .verdict.good { background: #E3F3EE; } .verdict.attention { background: #FCF1DA; } .verdict.bad { background: #FBE6E1; } .verdict.unknown { background: #ECEFF2; } .verdict.neutral { background: #EDF3F9; color: var(--accent); }
        .verdict p { color: var(--ink); font-weight: 400; margin: .3rem 0 0; }
        @media print { body { max-width: none; font-size: 10pt; } h2, h3, caption { break-after: avoid; } tr, figure { break-inside: avoid; } thead { display: table-header-group; } }

        """;
}
