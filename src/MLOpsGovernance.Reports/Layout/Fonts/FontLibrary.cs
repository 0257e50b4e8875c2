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

    private readonly Lazy<List<FontFace>> _found;
    private readonly ConcurrentQueue<FontFace> _registered = new();
    private readonly ConcurrentDictionary<(string Family, int Weight, bool Slanted), FontFace?> _chosen = new();
    private readonly ConcurrentDictionary<(int CodePoint, int Weight, bool Slanted), FontFace?> _fallbacks = new();

    public FontLibrary(params string[] folders)
    {
        Folders = folders;
        _found = new(() => [.. folders.SelectMany(Read)]);
    }

    public static string[] SystemFolders { get; } =
    [
        "/usr/share/fonts", "/usr/local/share/fonts",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fonts"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "fonts"),
        "/System/Library/Fonts", "/Library/Fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
    ];

    public IReadOnlyList<string> Folders { get; }

    public IEnumerable<FontFace> Faces => _registered.Concat(_found.Value);

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
        library.Faces.Where(f => string.Equals(f.Family, key.Family, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static f => f.Condensed ? 1 : 0)
            .ThenBy(f => f.Slanted == key.Slanted ? 0 : 1)
            .ThenBy(f => Math.Abs(f.Weight - key.Weight))
            .ThenBy(static f => f.Source, StringComparer.Ordinal).FirstOrDefault(), this);

    private static IEnumerable<FontFace> Read(string folder)
    {
        if (folder.Length == 0 || !Directory.Exists(folder)) yield break;
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (var file in Directory.EnumerateFiles(folder, "*", options).Where(static f => Files.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
        {
            for (var index = 0; SKTypeface.FromFile(file, index) is { } typeface; index++)
            {
                yield return new(typeface, $"{file}#{index}");
                if (!file.EndsWith('c') && !file.EndsWith('C')) break;
            }
        }
    }
}
