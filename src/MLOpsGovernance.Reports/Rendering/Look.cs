namespace MLOpsGovernance.Reports.Rendering;

/// <summary>Colours and words of how something stands; each pair of colours can be read by everybody and differs in grey.</summary>
internal static class Look
{
    public const string Ink = "#1F2933";
    public const string Quiet = "#5B6770";
    public const string Rule = "#C9D0D6";
    public const string Hair = "#E4E8EB";
    public const string Pale = "#F2F4F7";
    public const string Accent = "#0B5394";

    /// <summary>For words on white.</summary>
    public static string Strong(Tone tone) => tone switch { Tone.Good => "#00644D", Tone.Attention => "#8A5A00", Tone.Bad => "#A3260B", Tone.Unknown => "#4A5560", _ => Ink };

    /// <summary>Behind dark words.</summary>
    public static string Tint(Tone tone) => tone switch { Tone.Good => "#E3F3EE", Tone.Attention => "#FCF1DA", Tone.Bad => "#FBE6E1", Tone.Unknown => "#ECEFF2", _ => "#EDF3F9" };

    /// <summary>A mark before the word, of another form for each, so that nobody needs its colour.</summary>
    public static string Mark(Tone tone) => tone switch
    {
        Tone.Good => "<circle cx=\"5\" cy=\"5\" r=\"4\" fill=\"#00755A\"/>",
        Tone.Attention => "<polygon points=\"5,0.6 9.6,9.2 0.4,9.2\" fill=\"#C98A00\"/>",
        Tone.Bad => "<rect x=\"0.8\" y=\"0.8\" width=\"8.4\" height=\"8.4\" fill=\"#B8410B\"/>",
        Tone.Unknown => "<circle cx=\"5\" cy=\"5\" r=\"3.6\" fill=\"none\" stroke=\"#5B6770\" stroke-width=\"1.4\"/>",
        _ => "<rect x=\"1\" y=\"4\" width=\"8\" height=\"2.4\" fill=\"#0B5394\"/>",
    };

    public static string MarkSvg(Tone tone) => $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\">{Mark(tone)}</svg>";
}
