"""What is wrong with a template, said in Chinese: the template engine's own words are English."""

import re

_SAID = (
    (r"'([^']*)' is undefined", "没有“{}”这个量"),
    (r"'.*object' has no attribute '?([^']*)'?", "没有“{}”这一项"),
    (r"'None' has no attribute '([^']*)'", "没有“{}”这一项：它所在的量是空的"),
    (r".* has no element (.*)", "没有第“{}”个"),
    (r"No filter named '([^']*)'.*", "没有“{}”这个过滤器"),
    (r"No test named '([^']*)'.*", "没有“{}”这种判断"),
    (r"Encountered unknown tag '([^']*)'.*", "没有“{}”这种标记，或少写了它的开头"),
    (
        r"[Uu]nexpected end of template.*",
        "没有写完：少了 }}}}、%}} 或 {{% endif %}}、{{% endfor %}} 之类的结尾",
    ),
    (r"unexpected end of statement.*|Missing end of .*", "标记没有写完"),
    (r"unexpected char (.*) at \d+", "看不懂的字符 {}"),
    (r"expected token '.*', got '(.*)'", "“{}”写得不是地方"),
    (r"unexpected '(.*)'", "“{}”写得不是地方"),
    (r"Expected an expression, got .*", "少写了一个量"),
    (r"access to attribute '([^']*)' .*", "“{}”不让用"),
)
"""The usual complaints of Jinja2 as patterns, and what is said instead."""

_FAILED = {
    "ZeroDivisionError": "除数是 0",
    "TypeError": "几个量不能这样放在一起",
    "ValueError": "量的值不对",
    "AttributeError": "量的种类不对",
    "OverflowError": "循环的次数或数字太大",
    "RecursionError": "层层相套，没有尽头",
    "MemoryError": "太长，内存装不下",
}


def in_chinese(error: Exception) -> str:
    """What went wrong in a template, in few words; what nobody foresaw is quoted as it is."""
    import jinja2

    said = str(getattr(error, "message", None) or error)
    if isinstance(error, jinja2.TemplateError):
        for pattern, words in _SAID:
            if found := re.fullmatch(pattern, said, re.DOTALL):
                return words.format(*found.groups())
        return said
    if said == "no loader for this environment specified":
        return "模板里不能引用别的模板"
    name = type(error).__name__
    return f"{_FAILED.get(name, '算不出来')}（{name}：{said}）"
