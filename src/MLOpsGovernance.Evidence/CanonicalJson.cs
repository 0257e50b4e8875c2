using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MLOpsGovernance.Evidence;

/// <summary>
/// JSON Canonicalization Scheme, RFC 8785: members sorted by UTF-16 code units, ECMAScript numbers, least escaping, no white space.
/// Equal documents give equal bytes, so the bytes can be hashed and signed.
/// </summary>
/// <remarks>
/// Every method throws <see cref="JsonException"/> for what I-JSON excludes: a repeated member name, a lone surrogate, a number
/// that is not a finite double.
/// </remarks>
public static class CanonicalJson
{
    public static byte[] Of(ReadOnlyMemory<byte> utf8Json)
    {
        using var document = JsonDocument.Parse(utf8Json);
        return Of(document.RootElement);
    }

    public static byte[] Of(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        using var document = JsonDocument.ParseValue(ref reader);
        if (reader.Read()) throw new JsonException("There is something after the JSON value.");
        return Of(document.RootElement);
    }

    public static byte[] Of(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(element, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>One text as a JSON string, for whoever writes the members of an object in their canonical order himself.</summary>
    public static void WriteText(string text, ArrayBufferWriter<byte> to) => WriteString(text, to);

    private static void Write(JsonElement element, ArrayBufferWriter<byte> to)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(element, to); break;
            case JsonValueKind.Array: WriteArray(element, to); break;
            case JsonValueKind.String: WriteString(Text(element), to); break;
            case JsonValueKind.Number: to.Advance(CanonicalJsonNumber.Write(element.GetDouble(), to.GetSpan(32))); break;
            case JsonValueKind.True: to.Write("true"u8); break;
            case JsonValueKind.False: to.Write("false"u8); break;
            case JsonValueKind.Null: to.Write("null"u8); break;
            default: throw new JsonException("There is no JSON value to write.");
        }
    }

    private static void WriteArray(JsonElement array, ArrayBufferWriter<byte> to)
    {
        Put('[', to);
        var first = true;
        foreach (var item in array.EnumerateArray())
        {
            if (!first) Put(',', to);
            first = false;
            Write(item, to);
        }

        Put(']', to);
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> to)
    {
        var members = new List<KeyValuePair<string, JsonElement>>();
        foreach (var member in value.EnumerateObject()) members.Add(new(Name(member), member.Value));
        members.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));

        Put('{', to);
        for (var i = 0; i < members.Count; i++)
        {
            var (name, member) = members[i];
            if (i > 0)
            {
                if (name == members[i - 1].Key) throw new JsonException($"The member '{name}' appears twice in one object.");
                Put(',', to);
            }

            WriteString(name, to);
            Put(':', to);
            Write(member, to);
        }

        Put('}', to);
    }

    private static void WriteString(string text, ArrayBufferWriter<byte> to)
    {
        Put('"', to);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is var stop and >= 0)
        {
            Encoding.UTF8.GetBytes(rest[..stop], to);
            WriteEscape(rest[stop], to);
            rest = rest[(stop + 1)..];
        }

        Encoding.UTF8.GetBytes(rest, to);
        Put('"', to);
    }

    private static void WriteEscape(char c, ArrayBufferWriter<byte> to)
    {
        switch (c)
        {
            case '"': to.Write("\\\""u8); break;
            case '\\': to.Write("\\\\"u8); break;
            case '\b': to.Write("\\b"u8); break;
            case '\t': to.Write("\\t"u8); break;
            case '\n': to.Write("\\n"u8); break;
            case '\f': to.Write("\\f"u8); break;
            case '\r': to.Write("\\r"u8); break;
            default:
                to.Write("\\u00"u8);
                Put("0123456789abcdef"[c >> 4], to);
                Put("0123456789abcdef"[c & 15], to);
                break;
        }
    }

    private static readonly SearchValues<char> Escaped = SearchValues.Create("\"\\" + string.Concat(Enumerable.Range(0, 32).Select(c => (char)c)));

    private static void Put(char ascii, ArrayBufferWriter<byte> to)
    {
        to.GetSpan(1)[0] = (byte)ascii;
        to.Advance(1);
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A member name is not Unicode text: it holds half of a surrogate pair, or bytes that are not UTF-8.", e);
        }
    }

    private static string Text(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A string is not Unicode text: it holds half of a surrogate pair, or bytes that are not UTF-8.", e);
        }
    }
}
