using System.Collections.Concurrent;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Fonts;

/// <summary>
/// The fonts of a configured folder, then those of the system. A character takes the first family asked for that has it, then the usual ones, then any: a font is never
/// silently another one, and a character that none has is told.
/// </summary>
internal sealed class FontLibrary
{
    /// <summary>Asked in this order after the families of the text: TrueType first, which is embedded as fonts; OpenType outlines would become drawings of letters.</summary>
    private static readonly string[] Usual = ["Liberation Sans", "DejaVu Sans", "Inter", "Noto Sans", "Arial", "Helvetica", "Segoe UI"];

    private static readonly string[] Files = [".ttf", ".otf", ".ttc", ".otc"];

    private readonly Lazy<List<string>> _files;
    private readonly ConcurrentDictionary<string, Lazy<FontFace[]>> _opened = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FontFace> _registered = new();
    private readonly ConcurrentDictionary<(string Family, int Weight, bool Slanted), FontFace?> _chosen = new();
    private readonly ConcurrentDictionary<(int CodePoint, int Weight, bool Slanted), FontFace?> _fallbacks = new();

    public FontLibrary(params string[] folders)
    {
        Folders = folders;
        _files = new(() => [.. folders.SelectMany(Found)]);
    }

    public static string[] SystemFolders { get; } =
    [
        "/usr/share/fonts", "/usr/local/share/fonts",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fonts"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "fonts"),
        "/System/Library/Fonts", "/Library/Fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
    ];

    public IReadOnlyList<string> Folders { get; }

    /// <summary>Those registered, then file by file in the order of the folders; each file is opened when it is come to.</summary>
    public IEnumerable<FontFace> Faces => _registered.Concat(_files.Value.SelectMany(Opened));

    /// <exception cref="DocumentDrawingException">There is no font at all.</exception>
    public void EnsureAny()
    {
        if (!Faces.Any())
            throw new DocumentDrawingException($"No font was found, so nothing can be written: put a TrueType or OpenType font into one of {string.Join(", ", Folders.Where(static f => f.Length > 0))}; on Debian: apt-get install fonts-dejavu-core.");
    }

    public void Register(Stream stream, string? name)
    {
        var typeface = SKTypeface.FromStream(stream) ?? throw new DocumentDrawingException("The registered stream holds no TrueType or OpenType font.");
        _registered.Enqueue(new(typeface, "registered", name));
        _chosen.Clear();
        _fallbacks.Clear();
    }

    /// <summary>The face that shows this character, or null where none here can.</summary>
    public FontFace? For(int codePoint, IReadOnlyList<string> families, int weight, bool slanted)
    {
        foreach (var family in families)
        {
            if (Choose(family, weight, slanted) is { } face && face.Covers(codePoint)) return face;
        }

        return _fallbacks.GetOrAdd((codePoint, weight, slanted), static (key, library) => library.Any(key.CodePoint, key.Weight, key.Slanted), this);
    }

    /// <summary>The face of running text, which decides the height of its lines.</summary>
    public FontFace First(IReadOnlyList<string> families, int weight, bool slanted) =>
        families.Select(f => Choose(f, weight, slanted)).FirstOrDefault(static f => f is not null) ?? For('x', [], weight, slanted) ?? Faces.First();

    private FontFace? Any(int codePoint, int weight, bool slanted)
    {
        var usual = Usual.Select(f => Choose(f, weight, slanted)).FirstOrDefault(f => f?.Covers(codePoint) == true);
        if (usual is not null) return usual;
        var family = Faces.Where(f => !f.Condensed && f.Covers(codePoint))
            .OrderBy(static f => f.Family.Contains("Sans", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(static f => f.Family.Contains("Mono", StringComparison.Ordinal) ? 1 : 0)
            .ThenBy(static f => f.Family, StringComparer.Ordinal).FirstOrDefault()?.Family;
        return family is null ? null : Choose(family, weight, slanted) is { } chosen && chosen.Covers(codePoint) ? chosen : Faces.First(f => f.Family == family && f.Covers(codePoint));
    }

    /// <summary>The member of a family nearest in weight and slant.</summary>
    private FontFace? Choose(string family, int weight, bool slanted) => _chosen.GetOrAdd((family, weight, slanted), static (key, library) =>
        Nearest(library.Named(key.Family), key) ?? Nearest(library.Faces, key), this);

    /// <summary>Of equals the first in the order of the folders.</summary>
    private static FontFace? Nearest(IEnumerable<FontFace> faces, (string Family, int Weight, bool Slanted) asked) =>
        faces.Where(f => string.Equals(f.Family, asked.Family, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static f => f.Condensed ? 1 : 0)
            .ThenBy(f => f.Slanted == asked.Slanted ? 0 : 1)
            .ThenBy(f => Math.Abs(f.Weight - asked.Weight)).FirstOrDefault();

    /// <summary>Faces in files that are named after the family: with them, hundreds of other files need not be opened.</summary>
    private IEnumerable<FontFace> Named(string family)
    {
        var name = family.Replace(" ", "", StringComparison.Ordinal);
        return _registered.Concat(_files.Value.Where(f => Path.GetFileName(f).StartsWith(name, StringComparison.OrdinalIgnoreCase)).SelectMany(Opened));
    }

    private FontFace[] Opened(string file) => _opened.GetOrAdd(file, static f => new(() => [.. Read(f)])).Value;

    private static IEnumerable<string> Found(string folder)
    {
        if (folder.Length == 0 || !Directory.Exists(folder)) return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        return Directory.EnumerateFiles(folder, "*", options).Where(static f => Files.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<FontFace> Read(string file)
    {
        for (var index = 0; SKTypeface.FromFile(file, index) is { } typeface; index++)
        {
            yield return new(typeface, $"{file}#{index}");
            if (!file.EndsWith('c') && !file.EndsWith('C')) break;
        }
    }
}
