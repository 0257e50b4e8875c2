using System.Globalization;
using System.Text;

namespace MLOpsGovernance.Policy.Cel.Regex;

/// <summary>Reads RE2 syntax: no back-references, no look-around; classes are ASCII; <c>$</c> is the end of the text.</summary>
internal sealed partial class Re2Parser
{
    private const int MaxLength = 4096;
    private const int MaxDepth = 200;
    private const int MaxRepeat = 1000;

    private readonly int[] _text;
    private int _at;
    private int _depth;
    private Flags _flags;

    [Flags]
    private enum Flags { None = 0, IgnoreCase = 1, MultiLine = 2, DotAll = 4, Ungreedy = 8 }

    private Re2Parser(string pattern) => _text = [.. pattern.EnumerateRunes().Select(static r => r.Value)];

    /// <exception cref="Re2Exception">The text is no pattern; the message says why.</exception>
    public static Re Parse(string pattern)
    {
        if (pattern.Length > MaxLength) throw new Re2Exception($"a pattern has at most {MaxLength} characters");
        var parser = new Re2Parser(pattern);
        var result = parser.Choice();
        return parser._at == parser._text.Length ? result : throw new Re2Exception("')' closes nothing");
    }

    private bool AtEnd => _at >= _text.Length;

    private int Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : -1;

    private bool TryTake(char c)
    {
        if (Peek() != c) return false;
        _at++;
        return true;
    }

    private Re Choice()
    {
        if (++_depth > MaxDepth) throw new Re2Exception($"a pattern nests at most {MaxDepth} groups");
        var options = new List<Re> { Sequence() };
        while (TryTake('|')) options.Add(Sequence());
        _depth--;
        return options.Count == 1 ? options[0] : new ReChoice(options);
    }

    private Re Sequence()
    {
        var parts = new List<Re>();
        while (!AtEnd && Peek() is not ('|' or ')'))
        {
            var start = _at;
            if (Peek() == '\\' && Peek(1) == 'Q')
            {
                Quoted(parts);
                continue;
            }

            parts.Add(Repeats(Atom(), start));
        }

        return parts.Count switch { 0 => ReEmpty.Instance, 1 => parts[0], _ => new ReSequence(parts) };
    }

    /// <summary><c>\Q…\E</c>: everything in between stands for itself.</summary>
    private void Quoted(List<Re> parts)
    {
        _at += 2;
        while (!AtEnd && !(Peek() == '\\' && Peek(1) == 'E'))
        {
            var start = _at;
            var last = Literal(_text[_at++]);
            var closes = Peek() == '\\' && Peek(1) == 'E';
            if (closes) _at += 2;
            if (closes || AtEnd)
            {
                parts.Add(Repeats(last, start));
                return;
            }

            parts.Add(last);
        }

        if (!AtEnd) _at += 2;
    }

    private Re Repeats(Re part, int start)
    {
        var repeated = false;
        while (!AtEnd)
        {
            var bounds = Peek() switch { '*' => (0, -1), '+' => (1, -1), '?' => (0, 1), '{' => Braces(), _ => null };
            if (bounds is not { } range) return part;
            if (repeated) throw new Re2Exception($"'{Text(start)}' repeats a repetition; use a group");
            if (Peek() is '*' or '+' or '?') _at++;
            TryTake('?');
            repeated = true;
            part = new ReRepeat(part, range.Min, range.Max);
        }

        return part;
    }

    private string Text(int start) => string.Concat(_text[start..Math.Min(_at + 1, _text.Length)].Select(char.ConvertFromUtf32));

    /// <summary>A counted repetition; braces that count nothing stand for themselves.</summary>
    private (int Min, int Max)? Braces()
    {
        var before = _at++;
        if (!TryNumber(out var min))
        {
            _at = before;
            return null;
        }

        var max = min;
        if (TryTake(',') && !TryNumber(out max)) max = -1;
        if (!TryTake('}'))
        {
            _at = before;
            return null;
        }

        if (min > MaxRepeat || max > MaxRepeat || (max >= 0 && max < min)) throw new Re2Exception($"a repetition counts from 0 to {MaxRepeat}, the smaller number first");
        return (min, max);
    }

    private bool TryNumber(out int value)
    {
        value = 0;
        var start = _at;
        while (Peek() is >= '0' and <= '9') value = Math.Min(100_000, value * 10 + (_text[_at++] - '0'));
        return _at > start;
    }

    private Re Atom()
    {
        var c = _text[_at++];
        switch (c)
        {
            case '(': return Group();
            case '[': return Set(Class());
            case '.': return new ReSet(_flags.HasFlag(Flags.DotAll) ? CharacterClasses.Any : CharacterClasses.AnyButNewline);
            case '^': return new ReAssert(_flags.HasFlag(Flags.MultiLine) ? ReAssertion.LineStart : ReAssertion.TextStart);
            case '$': return new ReAssert(_flags.HasFlag(Flags.MultiLine) ? ReAssertion.LineEnd : ReAssertion.TextEnd);
            case '\\': return Escape();
            case '*' or '+' or '?': throw new Re2Exception($"'{(char)c}' has nothing to repeat");
            default: return Literal(c);
        }
    }

    private ReSet Literal(int codePoint) => Set(CodePointSet.Of(codePoint));

    private ReSet Set(CodePointSet set) => new(_flags.HasFlag(Flags.IgnoreCase) ? set.IgnoringCase() : set);

    private Re Group()
    {
        var outer = _flags;
        if (TryTake('?'))
        {
            if (Peek() == 'P' || (Peek() == '<' && Peek(1) is not ('=' or '!'))) GroupName();
            else if (!GroupFlags()) return ReEmpty.Instance;
        }

        var inner = Choice();
        if (!TryTake(')')) throw new Re2Exception("'(' is not closed");
        _flags = outer;
        return inner;
    }

    private void GroupName()
    {
        TryTake('P');
        if (!TryTake('<')) throw new Re2Exception("a named group is written (?P<name>…)");
        var start = _at;
        while (!AtEnd && (Peek() == '_' || (Peek() < 128 && char.IsAsciiLetterOrDigit((char)Peek())))) _at++;
        if (_at == start || !TryTake('>')) throw new Re2Exception("a group name holds letters, digits and '_'");
    }

    /// <summary>True when a group follows; false for flags alone, which hold until the enclosing group ends.</summary>
    private bool GroupFlags()
    {
        var on = true;
        var flags = _flags;
        while (!AtEnd)
        {
            var c = _text[_at++];
            Flags? flag = c switch { 'i' => Flags.IgnoreCase, 'm' => Flags.MultiLine, 's' => Flags.DotAll, 'U' => Flags.Ungreedy, _ => null };
            if (flag is { } known) flags = on ? flags | known : flags & ~known;
            else if (c == '-' && on) on = false;
            else if (c is ':' or ')')
            {
                _flags = flags;
                return c == ':';
            }
            else break;
        }

        throw new Re2Exception("'(?' begins a group (?:…), a named group (?P<name>…) or flags of i, m, s and U; look-around is not part of RE2");
    }

    private Re Escape()
    {
        if (AtEnd) throw new Re2Exception("a pattern cannot end with a backslash");
        switch (Peek())
        {
            case 'A': _at++; return new ReAssert(ReAssertion.TextStart);
            case 'z': _at++; return new ReAssert(ReAssertion.TextEnd);
            case 'b': _at++; return new ReAssert(ReAssertion.WordBoundary);
            case 'B': _at++; return new ReAssert(ReAssertion.NoWordBoundary);
        }

        return TryNamedClass(out var set) ? Set(set!) : Literal(EscapedCodePoint());
    }

    private bool TryNamedClass(out CodePointSet? set)
    {
        set = Peek() switch
        {
            'd' => CharacterClasses.Digit,
            'D' => CharacterClasses.Digit.Complement(),
            's' => CharacterClasses.Space,
            'S' => CharacterClasses.Space.Complement(),
            'w' => CharacterClasses.Word,
            'W' => CharacterClasses.Word.Complement(),
            _ => null,
        };
        if (set is not null)
        {
            _at++;
            return true;
        }

        if (Peek() is not ('p' or 'P')) return false;
        var negated = _text[_at++] == 'P';
        var name = PropertyName(ref negated);
        var found = CharacterClasses.Unicode(name) ?? throw new Re2Exception($"there is no character class '{name}'");
        set = negated ? found.Complement() : found;
        return true;
    }

    private string PropertyName(ref bool negated)
    {
        if (AtEnd) throw new Re2Exception("'\\p' needs a class name");
        if (!TryTake('{')) return char.ConvertFromUtf32(_text[_at++]);
        if (TryTake('^')) negated = !negated;
        var name = new StringBuilder();
        while (!AtEnd && Peek() != '}') name.Append(char.ConvertFromUtf32(_text[_at++]));
        return TryTake('}') ? name.ToString() : throw new Re2Exception("'\\p{' needs a '}'");
    }

    private int EscapedCodePoint()
    {
        var c = _text[_at++];
        switch (c)
        {
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'x': return Hexadecimal();
            case >= '1' and <= '7' when Peek() is >= '0' and <= '7':
            case '0':
                var value = c - '0';
                for (var i = 0; i < 2 && Peek() is >= '0' and <= '7'; i++) value = value * 8 + (_text[_at++] - '0');
                return value;
            case < 128 when !char.IsAsciiLetterOrDigit((char)c): return c;
            default: throw new Re2Exception($"'\\{char.ConvertFromUtf32(c)}' is no escape of RE2");
        }
    }

    private int Hexadecimal()
    {
        var braces = TryTake('{');
        var digits = new StringBuilder();
        while (!AtEnd && Peek() < 128 && char.IsAsciiHexDigit((char)Peek()) && digits.Length < (braces ? 8 : 2)) digits.Append((char)_text[_at++]);
        if (digits.Length == 0 || (!braces && digits.Length < 2) || (braces && !TryTake('}'))) throw new Re2Exception("'\\x' needs two hexadecimal digits, or several in braces");
        var value = int.Parse(digits.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return value is >= 0 and <= CodePointSet.Last ? value : throw new Re2Exception("a code point is at most 10FFFF");
    }
}
