using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>Values as JSON, for explanations: what a reader of a decision sees.</summary>
internal static class ValueText
{
    private const char Cut = '…';

    /// <summary>JSON text of at most about <paramref name="limit"/> characters. Work is bounded by the limit, not by the value.</summary>
    public static string Json(in CelValue value, int limit)
    {
        var text = new StringBuilder();
        Write(value, text, limit, 0);
        if (text.Length > limit)
        {
            text.Length = limit;
            if (char.IsHighSurrogate(text[^1])) text.Length--;
            text.Append(Cut);
        }

        return text.ToString();
    }

    private static void Write(in CelValue value, StringBuilder to, int limit, int depth)
    {
        if (to.Length > limit) return;
        if (depth > 60)
        {
            to.Append('"').Append(Cut).Append('"');
            return;
        }

        switch (value.Kind)
        {
            case CelKind.Null or CelKind.None: to.Append("null"); break;
            case CelKind.Bool: to.Append(value.Bool ? "true" : "false"); break;
            case CelKind.Int: to.Append(CultureInfo.InvariantCulture, $"{value.Int}"); break;
            case CelKind.UInt: to.Append(CultureInfo.InvariantCulture, $"{value.UInt}"); break;
            case CelKind.Double when double.IsFinite(value.Double): to.Append(CultureInfo.InvariantCulture, $"{value.Double:R}"); break;
            case CelKind.Double: Quote(Numbers.PlainText(value.Double), to, limit); break;
            case CelKind.String: Quote(value.String, to, limit); break;
            case CelKind.Bytes: Quote(Convert.ToBase64String(value.Bytes.AsSpan(0, Math.Min(value.Bytes.Length, limit))), to, limit); break;
            case CelKind.Timestamp: Quote(value.Timestamp.ToString(), to, limit); break;
            case CelKind.Duration: Quote(value.Duration.ToString(), to, limit); break;
            case CelKind.Type: Quote(value.TypeName, to, limit); break;
            case CelKind.Ip: Quote(value.Ip.ToString(), to, limit); break;
            case CelKind.Cidr: Quote(value.Cidr.ToString(), to, limit); break;
            case CelKind.Version: Quote(value.Version.ToString(), to, limit); break;
            case CelKind.Optional: Write(value.Optional.HasValue ? value.Optional.Value : CelValue.Null, to, limit, depth + 1); break;
            case CelKind.List: WriteList(value.List, to, limit, depth); break;
            case CelKind.Map: WriteMap(value.Map, to, limit, depth); break;
            case CelKind.Object: WriteObject(value.Object, to, limit, depth); break;
            case CelKind.Error: Quote("error: " + value.Failure.Message, to, limit); break;
            case CelKind.Unknown: Quote("unknown: " + string.Join(", ", value.Unknown.Facts), to, limit); break;
            default: throw new InvalidOperationException($"A value of kind {value.Kind} has no text.");
        }
    }

    private static void WriteList(CelList list, StringBuilder to, int limit, int depth)
    {
        to.Append('[');
        for (var i = 0; i < list.Count && to.Length <= limit; i++)
        {
            if (i > 0) to.Append(',');
            Write(list[i], to, limit, depth + 1);
        }

        to.Append(']');
    }

    private static void WriteMap(CelMap map, StringBuilder to, int limit, int depth)
    {
        to.Append('{');
        for (var i = 0; i < map.Count && to.Length <= limit; i++)
        {
            if (i > 0) to.Append(',');
            var key = map.Keys[i];
            if (key.Kind == CelKind.String) Quote(key.String, to, limit);
            else Quote(Json(key, 40), to, limit);
            to.Append(':');
            Write(map.Values[i], to, limit, depth + 1);
        }

        to.Append('}');
    }

    private static void WriteObject(CelObject value, StringBuilder to, int limit, int depth)
    {
        to.Append('{');
        var first = true;
        for (var i = 0; i < value.Fields.Length && to.Length <= limit; i++)
        {
            if (value.Fields[i].Kind == CelKind.None) continue;
            if (!first) to.Append(',');
            first = false;
            Quote(value.Type.Fields[i].Name, to, limit);
            to.Append(':');
            Write(value.Fields[i], to, limit, depth + 1);
        }

        to.Append('}');
    }

    private static void Quote(string text, StringBuilder to, int limit)
    {
        var cut = limit > 0 ? CodePoints.Cut(text, limit) : "";
        // Whatever a text went through, an explanation of it is Unicode: half of a surrogate pair becomes the replacement character.
        if (!CodePoints.IsSimple(cut)) cut = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut));
        to.Append('"').Append(JsonEncodedText.Encode(cut, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value).Append('"');
    }
}
