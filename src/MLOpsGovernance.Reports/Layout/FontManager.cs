using System.Reflection;
using MLOpsGovernance.Reports.Layout.Fonts;

namespace MLOpsGovernance.Reports.Layout;

/// <summary>Fonts beside those of the system. What is registered is asked before the system's.</summary>
public static class FontManager
{
    private static volatile FontLibrary s_library = new(FontLibrary.SystemFolders);

    internal static FontLibrary Library => s_library;

    public static void RegisterFontWithCustomName(string fontName, Stream stream) => s_library.Register(stream, fontName);

    public static void RegisterFont(Stream stream) => s_library.Register(stream, null);

    public static void RegisterFontFromEmbeddedResource(string pathName)
    {
        using var stream = Assembly.GetCallingAssembly().GetManifestResourceStream(pathName) ?? throw new ArgumentException($"There is no embedded resource '{pathName}'.", nameof(pathName));
        s_library.Register(stream, null);
    }

    /// <summary>Takes the fonts of a folder before those of the system, for everything rendered from now on.</summary>
    internal static void UseFolder(string? folder) => s_library = new([.. folder is null ? Array.Empty<string>() : [folder], .. FontLibrary.SystemFolders]);
}
