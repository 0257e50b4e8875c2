namespace MLOpsGovernance.Cli.Connection;

internal static class ApiPath
{
    /// <summary>A path below <c>api/v1</c>; whatever is put into it is one segment, or one value of the query, and nothing else.</summary>
    /// <exception cref="CommandFailedException">A segment that would lead elsewhere.</exception>
    public static string Of(FormattableString path)
    {
        var parts = path.GetArguments().Select(argument => (object)Segment(Convert.ToString(argument, System.Globalization.CultureInfo.InvariantCulture) ?? ""));
        return "api/v1/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, path.Format, [.. parts]);
    }

    public static string Segment(string text) => text is "" or "." or ".."
        ? throw CommandFailedException.Usage($"'{text}' is no name. Names begin and end with a letter or digit.")
        : Uri.EscapeDataString(text);
}
