using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>
/// Conditional requests. A tag is <c>"{version}.{digest}"</c>: the version is the place in the stream of the last change, the digest is that of the answer itself, which may change by the
/// clock or by what happens to a dataset. So the whole tag tells whether a copy is fresh, and its version alone whether somebody has edited meanwhile.
/// </summary>
internal static class EntityTags
{
    public static string Of(long edition, ReadOnlySpan<byte> body) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{edition}.{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"");

    /// <summary>Whether the caller has a copy of this already.</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        List(request, HeaderNames.IfNoneMatch).Any(known => IsAny(known) || known.Tag.Equals(tag, StringComparison.Ordinal));

    /// <summary>What a request that changes something demands; null where it demands nothing.</summary>
    /// <exception cref="BadRequestException">A header cannot be read, or demands what no change can meet.</exception>
    public static Precondition? Demanded(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return null;
        var (match, none) = (List(request, HeaderNames.IfMatch), List(request, HeaderNames.IfNoneMatch));
        if (none.Count > 0 && !(none is [var only] && IsAny(only) && match.Count == 0))
            throw new BadRequestException(400, "invalid-header", "If-None-Match is * for a request that changes something, without If-Match: it lets a thing be made, and never changed.");
        if (none.Count > 0) return new(null, Absent: true);
        // A weak tag is never the same as another: that is how If-Match compares.
        return match.Count == 0 ? null : new(match.Any(IsAny) ? null : [.. match.Where(m => !m.IsWeak).Select(Edition).OfType<long>()], Absent: false);
    }

    private static bool IsAny(EntityTagHeaderValue tag) => tag.Equals(EntityTagHeaderValue.Any);

    private static long? Edition(EntityTagHeaderValue tag)
    {
        var text = tag.Tag.AsSpan().Trim('"');
        if (text.IndexOf('.') is >= 0 and var dot) text = text[..dot];
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var edition) ? edition : null;
    }

    private static IList<EntityTagHeaderValue> List(HttpRequest request, string header)
    {
        var sent = request.Headers[header];
        if (sent.Count == 0) return [];
        return EntityTagHeaderValue.TryParseStrictList(sent!, out var tags)
            ? tags
            : throw new BadRequestException(400, "invalid-header", $"{header} is * or a list of tags in quotes, as the ETag of an answer is written.");
    }
}

/// <summary>What people edit: it is answered with an ETag.</summary>
internal interface ITagged;
